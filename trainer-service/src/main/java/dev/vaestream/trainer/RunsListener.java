package dev.vaestream.trainer;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * The edge to topic {@code runs}. The next run is asked for when the answer to the last is complete, and only a run
 * that has ended is acknowledged. Training has its own thread, the only one that ever touches the model: a worker of
 * the framework's pool is watched for tasks that take a minute, and a run takes many.
 */
@Singleton
final class RunsListener {
    private final RunTaker taker;
    private final RunOwnership ownership;
    private final ExecutorService training = Executors.newSingleThreadExecutor(task -> new Thread(task, "training"));

    RunsListener(RunTaker taker, @Identifier(TrainerBeans.RUNS) RunOwnership ownership) {
        this.taker = taker;
        this.ownership = ownership;
    }

    @Incoming("runs")
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    CompletionStage<Void> take(Message<byte[]> message) {
        return CompletableFuture.supplyAsync(() -> work(message), training).thenCompose(outcome -> switch (outcome) {
            case ENDED -> message.ack();
            case LEFT -> CompletableFuture.completedFuture(null);
        });
    }

    private Outcome work(Message<byte[]> message) {
        IncomingKafkaRecordMetadata<?, ?> record =
                message.getMetadata(IncomingKafkaRecordMetadata.class).orElseThrow();
        TopicPartition partition = new TopicPartition(record.getTopic(), record.getPartition());
        return taker.take(partition, record.getOffset(), String.valueOf(record.getKey()), message.getPayload());
    }

    void shutDown(@Observes ShutdownEvent event) {
        ownership.shutDown();
    }

    @PreDestroy
    void close() {
        training.shutdownNow();
    }
}
