package dev.vaestream.sampler;

import dev.vaestream.contracts.ApiKey;
import dev.vaestream.contracts.Topics;
import dev.vaestream.httpsecurity.CallTls;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.context.ManagedExecutor;

/** Puts together what only the page needs. */
final class PageBeans {
    // Well within the time after which the server closes an idle connection.
    private static final Duration PULSE = Duration.ofSeconds(15);
    private static final int MAX_LOOKS = 32;

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

    @Produces
    @Singleton
    CheckpointOrders orders(PageConfig config, CheckpointClient client) {
        return new CheckpointOrders(client, config.mayMoveAliases());
    }

    @Produces
    @Singleton
    KafkaLook kafkaLook(PageConfig config, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        return new KafkaLook(kafka, config.lookTimeout());
    }

    @Produces
    @Singleton
    PipelineFinder pipeline(
            PageConfig config,
            SamplerConfig sampler,
            CallTls tls,
            KafkaLook kafka,
            RunBoard board,
            CurrentModel current,
            ModelFollower follower,
            ManagedExecutor threads) {
        HttpCalls calls = new HttpCalls(
                config.lookTimeout(),
                config.lookTimeout(),
                MAX_LOOKS,
                tls.context("checkpoint"),
                sampler.apiKeyFile().map(ApiKey::read));
        PipelineLooks looks = new PipelineLooks(calls, config, sampler.checkpointService(), kafka);
        return new PipelineFinder(looks, board, current, follower, threads);
    }

    void close(@Disposes KafkaLook kafka) {
        kafka.close();
    }
}
