package dev.vaestream.local;

import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.PinRequest;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Keeps a checkpoint while a command needs it; a command that is killed lets go by itself some minutes later. */
final class Hold implements AutoCloseable {
    private static final Duration TTL = Duration.ofMinutes(5);

    private final Checkpoints checkpoints;
    private final String reader;
    private final PinRequest wish;
    private final ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "hold");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param reader a name that nobody else holds a checkpoint of this run by
     * @throws ServiceException where there is no such checkpoint, or it is being deleted
     */
    Hold(Checkpoints checkpoints, String reader, long step) {
        this.checkpoints = checkpoints;
        this.reader = reader;
        this.wish = new PinRequest(step, TTL);
        checkpoints.pin(reader, wish);
        long period = TTL.dividedBy(5).toMillis();
        ScheduledFuture<?> unused = renewal.scheduleWithFixedDelay(this::renew, period, period, TimeUnit.MILLISECONDS);
    }

    Manifest manifest() {
        return checkpoints.find(Long.toString(wish.step()));
    }

    @Override
    public void close() {
        renewal.shutdownNow();
        try {
            checkpoints.unpin(reader);
        } catch (CommandFailedException e) {
            // It ends by itself.
        }
    }

    private void renew() {
        try {
            checkpoints.pin(reader, wish);
        } catch (CommandFailedException e) {
            // Tried again before the hold ends.
        }
    }
}
