package dev.vaestream.sampler;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** What the page shows beside images; every key has a default that runs on one machine. */
@ConfigMapping(prefix = "vaestream.page")
interface PageConfig {
    /** Where the ingest service answers. */
    @WithDefault("http://127.0.0.1:8081")
    URI ingestService();

    /** Where a trainer answers. */
    @WithDefault("http://127.0.0.1:8082")
    URI trainerService();

    /** Longest time of one look at another service or at Kafka. */
    @WithDefault("2s")
    Duration lookTimeout();

    /** Whether aliases may be moved from here. */
    @WithDefault("true")
    boolean mayMoveAliases();

    /** Most runs that are remembered; the one that was heard of longest ago goes first. */
    @WithDefault("100")
    int maxRuns();

    /** Most points of a run's curve; beyond, every second one goes. */
    @WithDefault("1000")
    int maxPoints();

    /** Most streams of events that are open at the same time. */
    @WithDefault("64")
    int maxStreams();
}
