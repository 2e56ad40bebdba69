package dev.vaestream.sampler;

import dev.vaestream.contracts.Topics;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts together what only the page needs. */
final class PageBeans {
    // Well within the time after which the server closes an idle connection.
    private static final Duration PULSE = Duration.ofSeconds(15);

    @Produces
    @Singleton
    Topics topics(@ConfigProperty(name = "vaestream.topic-prefix") Optional<String> prefix) {
        return new Topics(prefix.orElse(""));
    }

    @Produces
    @Singleton
    RunBoard board(PageConfig config) {
        return new RunBoard(config.maxRuns(), config.maxPoints());
    }

    @Produces
    @Singleton
    RunRecords records(Topics topics, RunBoard board) {
        return new RunRecords(topics, board);
    }

    @Produces
    @Singleton
    MetricsStreams streams(PageConfig config, RunBoard board) {
        return new MetricsStreams(board, config.maxStreams(), PULSE);
    }
}
