package dev.vaestream.sampler;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets so many requests be answered at a time that their images fit into memory, in the order in which they came: a
 * large one counts for as many as its pixels.
 */
final class Turns {
    private final Semaphore free;
    private final int maxPixels;
    private final Duration maxWait;

    /** @param maxPixels of all answers at a time; one that is larger waits until it is alone */
    Turns(int maxPixels, Duration maxWait) {
        this.free = new Semaphore(maxPixels, true);
        this.maxPixels = maxPixels;
        this.maxWait = maxWait;
    }

    /** @throws BusyException where no turn came in time */
    Turn take(long pixels) {
        int permits = (int) Math.min(pixels, maxPixels);
        try {
            if (!free.tryAcquire(permits, maxWait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new BusyException("%d pixels are being sent and too few ended within %d ms"
                        .formatted(maxPixels - free.availablePermits(), maxWait.toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusyException("The sampler is stopping");
        }
        return new Turn(free, permits);
    }

    /** Empty where there is no room now, or somebody waits already. */
    Optional<Turn> tryTake(long pixels) {
        int permits = (int) Math.min(pixels, maxPixels);
        return !free.hasQueuedThreads() && free.tryAcquire(permits)
                ? Optional.of(new Turn(free, permits))
                : Optional.empty();
    }

    /** Lasts until its answer is sent or its client is gone. */
    static final class Turn implements AutoCloseable {
        private final Semaphore free;
        private final int permits;
        private final AtomicBoolean ended = new AtomicBoolean();

        private Turn(Semaphore free, int permits) {
            this.free = free;
            this.permits = permits;
        }

        @Override
        public void close() {
            if (ended.compareAndSet(false, true)) {
                free.release(permits);
            }
        }
    }
}
