package dev.vaestream.checkpoint;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** One thread for what nobody waits for. A task that throws is logged, and the next one runs; once closed, none does. */
final class BackgroundThread implements Executor, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(BackgroundThread.class);

    private final ScheduledThreadPoolExecutor thread;

    BackgroundThread(String name) {
        thread = new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread named = new Thread(task, name);
                    named.setDaemon(true);
                    return named;
                },
                new ThreadPoolExecutor.DiscardPolicy());
    }

    @Override
    public void execute(Runnable task) {
        thread.execute(() -> runLogged(task));
    }

    void after(Duration delay, Runnable task) {
        var unused = thread.schedule(() -> runLogged(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    void every(Duration interval, Runnable task) {
        var unused =
                thread.scheduleWithFixedDelay(() -> runLogged(task), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Interrupts what is running and forgets what has not begun. */
    @Override
    public void close() {
        thread.shutdownNow();
    }

    private static void runLogged(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("a background task failed", e);
        }
    }
}
