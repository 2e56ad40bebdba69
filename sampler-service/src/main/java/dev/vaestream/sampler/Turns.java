package dev.vaestream.sampler;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets a few requests compute at a time, in the order in which they came, so that their images fit into memory. */
final class Turns {
    private final Semaphore free;
    private final int concurrent;
    private final Duration maxWait;

    Turns(int concurrent, Duration maxWait) {
        this.free = new Semaphore(concurrent, true);
        this.concurrent = concurrent;
        this.maxWait = maxWait;
    }

    /** @throws BusyException where no turn came in time */
    <T> T take(Supplier<T> work) {
        await();
        try {
            return work.get();
        } finally {
            free.release();
        }
    }

    private void await() {
        try {
            if (!free.tryAcquire(maxWait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new BusyException("%d requests are being computed and none ended within %d ms"
                        .formatted(concurrent, maxWait.toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusyException("The sampler is stopping");
        }
    }
}
