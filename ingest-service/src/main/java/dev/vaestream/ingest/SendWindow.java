package dev.vaestream.ingest;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** At most so many sends without an answer: who sends faster waits. For one sending thread. */
final class SendWindow {
    private static final int MAX_SENDS = 1000;

    private final int size;
    private final Semaphore free;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    SendWindow(int size) {
        this.size = size;
        this.free = new Semaphore(size);
    }

    /** As many sends of {@code messageBytes} as fit into {@code bytes}: 1 to {@value #MAX_SENDS}. */
    static SendWindow ofBytes(long bytes, long messageBytes) {
        return new SendWindow((int) Math.max(1, Math.min(MAX_SENDS, bytes / messageBytes)));
    }

    int size() {
        return size;
    }

    /** @throws KafkaUnavailableException where an earlier send has failed; this one was not tried */
    void send(Supplier<CompletionStage<Void>> send) throws InterruptedException {
        free.acquire();
        Throwable before = failure.get();
        if (before != null) {
            free.release();
            throw failed(before);
        }
        send.get().whenComplete((done, failed) -> {
            if (failed != null) {
                failure.compareAndSet(null, failed);
            }
            free.release();
        });
    }

    /** Waits for every answer. */
    void settle() throws InterruptedException {
        free.acquire(size);
        free.release(size);
    }

    /** @throws KafkaUnavailableException where a send has failed */
    void requireAllAcknowledged() throws InterruptedException {
        settle();
        Throwable failed = failure.get();
        if (failed != null) {
            throw failed(failed);
        }
    }

    private static KafkaUnavailableException failed(Throwable cause) {
        return new KafkaUnavailableException("Kafka refused a record: " + cause.getMessage(), cause);
    }
}
