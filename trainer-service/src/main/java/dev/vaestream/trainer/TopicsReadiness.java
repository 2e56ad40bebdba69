package dev.vaestream.trainer;

import dev.vaestream.contracts.TopicDefinition;
import dev.vaestream.contracts.Topics;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while Kafka does not answer or lacks a topic that every service needs. */
@Readiness
@Singleton
final class TopicsReadiness implements HealthCheck {
    private static final long TIMEOUT_MS = 2_000;

    private final List<String> names;
    private final Admin admin;

    TopicsReadiness(KafkaClients clients, Topics topics) {
        this.names = topics.definitions().stream().map(TopicDefinition::name).toList();
        this.admin = clients.admin();
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("topics").up();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        admin.describeTopics(names).topicNameValues().forEach((name, answer) -> {
            String trouble = trouble(answer, Math.max(0, end - System.nanoTime()));
            if (!trouble.isEmpty()) {
                response.down().withData(name, trouble);
            }
        });
        return response.build();
    }

    private static String trouble(KafkaFuture<TopicDescription> answer, long nanos) {
        try {
            answer.get(nanos, TimeUnit.NANOSECONDS);
            return "";
        } catch (ExecutionException e) {
            boolean missing = e.getCause() instanceof UnknownTopicOrPartitionException;
            return missing ? "does not exist" : "Kafka does not describe it: " + e.getCause();
        } catch (TimeoutException e) {
            return "Kafka does not answer";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    @PreDestroy
    void close() {
        admin.close();
    }
}
