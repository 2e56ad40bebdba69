package dev.vaestream.sampler;

import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Streams of a run's events, so many at a time. */
final class MetricsStreams {
    static final String ALIVE = "{\"type\":\"alive\"}";
    // Events that a slow client may be behind.
    private static final int BEHIND = 1024;

    private final RunBoard board;
    private final int maxStreams;
    private final Duration pulse;
    private final Semaphore free;

    /** @param pulse time between two signs that an idle stream is still there */
    MetricsStreams(RunBoard board, int maxStreams, Duration pulse) {
        this.board = board;
        this.maxStreams = maxStreams;
        this.pulse = pulse;
        this.free = new Semaphore(maxStreams);
    }

    /**
     * JSON, one event an item. It ends by itself only where its client is too slow, which may then begin anew.
     *
     * @throws BusyException where there are too many
     */
    Multi<String> open(String run) {
        if (!free.tryAcquire()) {
            throw new BusyException("There are %d streams of events already".formatted(maxStreams));
        }
        AtomicBoolean open = new AtomicBoolean(true);
        Multi<String> events = Multi.createFrom()
                .emitter(
                        emitter -> {
                            Runnable leave = board.follow(run, emitter::emit);
                            emitter.onTermination(leave);
                        },
                        BEHIND);
        Multi<String> alive = Multi.createFrom()
                .ticks()
                .startingAfter(pulse)
                .every(pulse)
                .onOverflow()
                .drop()
                .map(tick -> ALIVE);
        return Multi.createBy()
                .merging()
                .streams(events, alive)
                .onFailure()
                .recoverWithCompletion()
                .onTermination()
                .invoke(() -> {
                    if (open.getAndSet(false)) {
                        free.release();
                    }
                });
    }
}
