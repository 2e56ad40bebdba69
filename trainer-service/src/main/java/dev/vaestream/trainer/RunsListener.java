package dev.vaestream.trainer;

import io.quarkus.runtime.Quarkus;
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
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The edge to topic {@code runs}. The next run is asked for when the answer to the last is complete, and only a run
 * that has ended is acknowledged. Training has its own thread, the only one that ever touches the model: a worker of
 * the framework's pool is watched for tasks that take a minute, and a run takes many.
 */
@Singleton
final class RunsListener {
    private static final Logger LOG = Logger.getLogger(RunsListener.class);
    private static final int EXIT_FENCED = 3;

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
            case ENDED -> message.ack().exceptionally(RunsListener::notCommitted);
            case LEFT -> CompletableFuture.completedFuture(null);
            case FENCED -> {
                LOG.error("another trainer has this one's run; it ends, so that it joins the trainers anew");
                Quarkus.asyncExit(EXIT_FENCED);
                yield CompletableFuture.completedFuture(null);
            }
        });
    }

    /** A failure that got out of here would end the subscription, and with it all work. */
    private static @Nullable Void notCommitted(Throwable e) {
        LOG.warnf(
                "the offset of a run that has ended was not committed; the run may come again and ends at once: %s", e);
        return null;
    }

    private Outcome work(Message<byte[]> message) {
        try {
            return train(message);
        } catch (Error e) {
            LOG.error("the trainer cannot go on and ends; whoever watches it starts it again", e);
            Quarkus.asyncExit(1);
            throw e;
        }
    }

    private Outcome train(Message<byte[]> message) {
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
