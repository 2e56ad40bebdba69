package dev.vaestream.trainer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/**
 * Sends events on one channel and remembers each until Kafka has it. What Kafka refuses is sent again with the next
 * {@link #flush}. Thread-safe.
 */
final class EventPublisher {
    private static final int MAX_PENDING = 128;

    private final String channel;
    private final Consumer<Message<byte[]>> emitter;
    private final Duration patience;
    private final Deque<Message<byte[]>> refused = new ArrayDeque<>();
    private int pending;

    /** @param patience how long to wait for Kafka before it counts as unavailable */
    EventPublisher(String channel, Consumer<Message<byte[]>> emitter, Duration patience) {
        this.channel = channel;
        this.emitter = emitter;
        this.patience = patience;
    }

    /**
     * Sends without waiting, unless too many events are under way.
     *
     * @throws UnavailableException where Kafka takes none of those for now; the new event is not sent
     */
    synchronized void send(byte[] value, Metadata metadata) {
        if (pending + refused.size() >= MAX_PENDING) {
            flush();
        }
        emit(Message.of(value, metadata));
    }

    /**
     * Returns once Kafka has all events.
     *
     * @throws UnavailableException where it does not take them for now
     */
    synchronized void flush() {
        for (int again = refused.size(); again > 0; again--) {
            emit(refused.remove());
        }
        awaitNoPending();
        if (!refused.isEmpty()) {
            throw new UnavailableException("Kafka refuses %d events for '%s'".formatted(refused.size(), channel));
        }
    }

    private void emit(Message<byte[]> event) {
        pending++;
        try {
            emitter.accept(event.withAck(() -> settle(() -> {})).withNack(failure -> settle(() -> refused.add(event))));
        } catch (IllegalStateException e) {
            settle(() -> refused.add(event));
        }
    }

    private synchronized CompletionStage<Void> settle(Runnable change) {
        pending--;
        change.run();
        notifyAll();
        return CompletableFuture.completedFuture(null);
    }

    private void awaitNoPending() {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (pending > 0) {
                long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (millis <= 0) {
                    throw new UnavailableException(
                            "Kafka has not taken %d events for '%s'".formatted(pending, channel));
                }
                wait(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("waiting for Kafka to take events for '" + channel + "' was interrupted", e);
        }
    }
}
