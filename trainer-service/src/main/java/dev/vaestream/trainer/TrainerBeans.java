package dev.vaestream.trainer;

import dev.vaestream.contracts.ApiKey;
import dev.vaestream.contracts.Topics;
import dev.vaestream.httpsecurity.CallTls;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/** Puts the trainer together. */
final class TrainerBeans {
    /** The channel, and the listener to its partitions. */
    static final String RUNS = "runs";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    Topics topics(@ConfigProperty(name = "vaestream.topic-prefix") Optional<String> prefix) {
        return new Topics(prefix.orElse(""));
    }

    @Produces
    @Singleton
    TrainerStatus status() {
        return new TrainerStatus();
    }

    @Produces
    @Singleton
    Backoff backoff(TrainerConfig config) {
        return new Backoff(config.backoffFirst(), config.backoffLimit());
    }

    @Produces
    @Singleton
    KafkaClients kafkaClients(@Identifier("default-kafka-broker") Map<String, Object> common) {
        return new KafkaClients(common);
    }

    @Produces
    @Singleton
    Streams streams(KafkaClients clients, Topics topics) {
        return new StreamsInKafka(clients, topics);
    }

    @Produces
    @Singleton
    RunControlsInKafka controls(KafkaClients clients, Topics topics, Backoff backoff) {
        return new RunControlsInKafka(clients, topics, backoff);
    }

    void close(@Disposes RunControlsInKafka controls) {
        controls.close();
    }

    @Produces
    @Singleton
    ModelCompiler compiler() {
        return VaeModel::compile;
    }

    @Produces
    @Singleton
    CheckpointClient checkpoints(TrainerConfig config, CallTls tls) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .sslContext(tls.context("checkpoint"))
                .build();
        return new CheckpointClient(
                http,
                config.checkpointService(),
                config.requestTimeout(),
                config.apiKeyFile().map(ApiKey::read));
    }

    @Produces
    @Singleton
    EventLog events(
            @Channel("run-events") Emitter<byte[]> runEvents,
            @Channel("metrics") Emitter<byte[]> metrics,
            @Channel("dead-letters") Emitter<byte[]> deadLetters,
            TrainerConfig config) {
        return new KafkaEventLog(
                new EventPublisher("run-events", message -> runEvents.send(message), config.publishTimeout()),
                new EventPublisher("metrics", message -> metrics.send(message), config.publishTimeout()),
                new EventPublisher("dead-letters", message -> deadLetters.send(message), config.publishTimeout()));
    }

    @Produces
    @Singleton
    TrainerMeter meter(MeterRegistry registry) {
        return new TrainerMeter(registry, System::nanoTime);
    }

    @Produces
    @Singleton
    RunTraining training(
            TrainerConfig config,
            Streams streams,
            ModelCompiler compiler,
            CheckpointClient checkpoints,
            EventLog events,
            TrainerMeter meter,
            Backoff backoff,
            TrainerStatus status,
            Clock clock) {
        String holder = config.name() + "/" + UUID.randomUUID();
        return new RunTraining(
                holder,
                streams,
                compiler,
                checkpoints,
                events,
                meter,
                backoff,
                status,
                clock,
                config.evaluationLimit().asLongValue());
    }

    @Produces
    @Singleton
    @Identifier(RUNS)
    RunOwnership ownership(TrainerConfig config) {
        return new RunOwnership(config.handoverTimeout());
    }

    @Produces
    @Singleton
    RunTaker taker(
            @Identifier(RUNS) RunOwnership ownership,
            CheckpointClient checkpoints,
            RunTraining training,
            RunControls controls,
            EventLog events,
            Backoff backoff,
            TrainerStatus status,
            Clock clock) {
        RunWorker worker = new RunWorker(checkpoints, training, controls, events, backoff, status, clock);
        return new RunTaker(ownership, worker, events, backoff, status, clock);
    }
}
