package dev.vaestream.ingest;

import dev.vaestream.contracts.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the service's parts together. */
final class IngestBeans {
    @Produces
    @Singleton
    Topics topics(@ConfigProperty(name = "vaestream.topic-prefix") Optional<String> prefix) {
        return new Topics(prefix.orElse(""));
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    KafkaClients clients(@Identifier("default-kafka-broker") Map<String, Object> connection) {
        return new KafkaClients(connection);
    }

    void close(@Disposes KafkaClients clients) {
        clients.close();
    }

    @Produces
    @Singleton
    Log log(KafkaClients clients) {
        return new KafkaLog(clients);
    }

    @Produces
    @Singleton
    StreamAppender appender(IngestConfig config, Log log, KafkaClients clients, Clock clock) {
        StreamWriters writers = new KafkaStreamWriters(clients, config.acknowledgeTimeout());
        return new StreamAppender(log, writers, clock, config.takeoverDelay());
    }

    void close(@Disposes StreamAppender appender) {
        appender.close();
    }

    @Produces
    @Singleton
    StreamPublishing publishing(IngestConfig config, Log log, StreamAppender appender, MeterRegistry registry) {
        StreamPublisher publisher = new StreamPublisher(
                new Datasets(config.datasets()),
                log,
                appender,
                config.window().asLongValue(),
                registry.counter("vaestream.ingest.batches.acknowledged"));
        return new StreamPublishing(publisher, config.retryDelay());
    }

    void close(@Disposes StreamPublishing publishing) {
        publishing.close();
    }

    @Produces
    @Singleton
    Streams streams(IngestConfig config, Topics topics, Log log, Outbox outbox, StreamPublishing publishing) {
        return new Streams(
                new Datasets(config.datasets()), topics, log, outbox, config.acknowledgeTimeout(), publishing);
    }

    @Produces
    @Singleton
    BatchIntake intake(IngestConfig config, Log log, StreamAppender appender) {
        return new BatchIntake(log, appender, config.acknowledgeTimeout());
    }

    @Produces
    @Singleton
    Runs runs(IngestConfig config, Topics topics, Log log, Outbox outbox, Clock clock) {
        return new Runs(outbox, new RunEvents(log, topics), clock, config.acknowledgeTimeout());
    }

    @Produces
    @Singleton
    KafkaWatch watch(Topics topics, Log log, Streams streams, Runs runs) {
        return new KafkaWatch(topics, log, new Recovery(topics, log, streams, runs));
    }
}
