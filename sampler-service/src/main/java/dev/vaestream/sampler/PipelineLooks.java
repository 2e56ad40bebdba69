package dev.vaestream.sampler;

import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.RunStatus;
import dev.vaestream.contracts.StreamStatus;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is asked of the pipeline's parts, one method a part; each ends within a bounded time and throws nothing. */
final class PipelineLooks {
    private static final int MAX_STREAM_BYTES = 64 << 10;

    private final HttpCalls calls;
    private final ServiceLook look;
    private final CheckpointClient checkpoints;
    private final PageConfig config;
    private final URI checkpointService;
    private final KafkaLook kafka;

    /** @param calls which are short */
    PipelineLooks(HttpCalls calls, PageConfig config, URI checkpointService, KafkaLook kafka) {
        this.calls = calls;
        this.look = new ServiceLook(calls);
        this.checkpoints = new CheckpointClient(calls, checkpointService);
        this.config = config;
        this.checkpointService = checkpointService;
        this.kafka = kafka;
    }

    Condition ingest() {
        return look.at(config.ingestService());
    }

    Condition trainer() {
        return look.at(config.trainerService());
    }

    Condition checkpoint() {
        return look.at(checkpointService);
    }

    Condition kafka() {
        return kafka.look();
    }

    Optional<StreamStatus> stream(@Nullable String stream) {
        if (stream == null) {
            return Optional.empty();
        }
        try {
            return calls.get(config.ingestService().resolve("/v1/streams/" + stream), MAX_STREAM_BYTES)
                    .map(body -> Json.read(body, StreamStatus.class));
        } catch (CheckpointServiceException | BodyTooLongException | InvalidJsonException e) {
            return Optional.empty();
        }
    }

    Optional<RunStatus> run(@Nullable String run) {
        try {
            return run == null ? Optional.empty() : checkpoints.run(run);
        } catch (CheckpointServiceException e) {
            return Optional.empty();
        }
    }

    static @Nullable Manifest newest(Optional<RunStatus> run) {
        return run.map(RunStatus::latest).orElse(null);
    }
}
