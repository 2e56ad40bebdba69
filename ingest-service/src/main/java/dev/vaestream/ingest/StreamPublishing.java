package dev.vaestream.ingest;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** The threads that publish streams, each until its stream is complete or cannot go on. */
final class StreamPublishing implements Consumer<PublishedStream>, AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(StreamPublishing.class);

    private final StreamPublisher publisher;
    private final Duration retryDelay;
    private final ExecutorService threads;

    StreamPublishing(StreamPublisher publisher, Duration retryDelay) {
        this.publisher = publisher;
        this.retryDelay = retryDelay;
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "publisher-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Asked twice for the same stream, the second waits for the first and finds nothing left. */
    @Override
    public void accept(PublishedStream stream) {
        threads.execute(() -> publish(stream));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void publish(PublishedStream stream) {
        try {
            while (!attempt(stream)) {
                Thread.sleep(retryDelay.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there is nothing left to try. */
    private boolean attempt(PublishedStream stream) throws InterruptedException {
        try {
            publisher.publish(stream);
            stream.problem(null);
            LOGGER.infof(
                    "Stream '%s' is complete: %d batches",
                    stream.spec().stream(), stream.tail().published());
            return true;
        } catch (KafkaUnavailableException e) {
            report(stream, e);
            return false;
        } catch (RefusedException e) {
            report(stream, e);
            return e.refusal() != Refusal.OTHER_WRITER;
        } catch (RuntimeException e) {
            report(stream, e);
            return true;
        }
    }

    private static void report(PublishedStream stream, RuntimeException e) {
        stream.problem(String.valueOf(e.getMessage()));
        LOGGER.errorf("Stream '%s' stands still: %s", stream.spec().stream(), e.getMessage());
    }
}
