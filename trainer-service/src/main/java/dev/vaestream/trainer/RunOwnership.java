package dev.vaestream.trainer;

import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether the run in work is still this trainer's. When its partition is taken away, or the process ends, the run
 * is stopped, and both wait until it has committed its checkpoint: whoever gets it next then begins where it ended.
 */
final class RunOwnership implements KafkaConsumerRebalanceListener {
    private static final Logger LOG = Logger.getLogger(RunOwnership.class);

    private final Duration handoverTimeout;
    private final Set<TopicPartition> revoked = new HashSet<>();
    private @Nullable TopicPartition partition;
    private @Nullable StopSignal signal;
    private boolean shutDown;

    RunOwnership(Duration handoverTimeout) {
        this.handoverTimeout = handoverTimeout;
    }

    /**
     * Begins work on a run from {@code from}.
     *
     * @return the signal to stop it; nothing where the run is not this trainer's to begin
     */
    synchronized Optional<StopSignal> begin(TopicPartition from) {
        if (shutDown || revoked.contains(from)) {
            return Optional.empty();
        }
        partition = from;
        StopSignal stop = new StopSignal();
        signal = stop;
        return Optional.of(stop);
    }

    /** The work has ended, however. */
    synchronized void end() {
        partition = null;
        signal = null;
        notifyAll();
    }

    @Override
    public synchronized void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        revoked.removeAll(partitions);
    }

    /** Runs on the polling thread, which keeps the partitions until this returns. */
    @Override
    public synchronized void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        revoked.addAll(partitions);
        if (partition != null && partitions.contains(partition)) {
            LOG.infof("%s is taken away; its run is handed over", partition);
            stopAndWait();
        }
    }

    /** Stops the run in work and begins no other. */
    synchronized void shutDown() {
        shutDown = true;
        stopAndWait();
    }

    private void stopAndWait() {
        if (signal == null) {
            return;
        }
        StopSignal stopping = signal;
        stopping.stop();
        long end = System.nanoTime() + handoverTimeout.toNanos();
        try {
            while (signal == stopping) {
                long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (millis <= 0) {
                    LOG.warnf(
                            "the run has not stopped within %s; it will go on from an older checkpoint",
                            handoverTimeout);
                    return;
                }
                wait(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
