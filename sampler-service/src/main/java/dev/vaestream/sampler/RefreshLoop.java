package dev.vaestream.sampler;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Refreshes on a thread of its own: at once, then after every interval, and soon after a hint. */
final class RefreshLoop implements AutoCloseable {
    // However many hints come, one in this time is followed.
    private static final Duration HINT_DELAY = Duration.ofMillis(100);
    private static final Duration SHUTDOWN = Duration.ofSeconds(5);

    private final BlockingQueue<Hint> hints = new ArrayBlockingQueue<>(1);
    private final Runnable refresh;
    private final Duration interval;
    private final Thread thread = new Thread(this::run, "model-follower");

    /** @param refresh must not throw */
    RefreshLoop(Runnable refresh, Duration interval) {
        this.refresh = refresh;
        this.interval = interval;
    }

    void start() {
        thread.start();
    }

    /** Asks for a refresh that begins after this call. Never waits. */
    void hint() {
        // Where one is waiting already, it serves for this one too.
        boolean unused = hints.offer(Hint.LOOK);
    }

    private void run() {
        try {
            while (true) {
                refresh.run();
                @Nullable Hint hint = hints.poll(interval.toMillis(), TimeUnit.MILLISECONDS);
                if (hint != null) {
                    Thread.sleep(HINT_DELAY.toMillis());
                }
                hints.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(SHUTDOWN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private enum Hint {
        LOOK
    }
}
