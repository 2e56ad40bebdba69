package dev.vaestream.trainer;

import java.util.Optional;

/** Hands out a number of batches, then kills whoever asks for more; before that it may signal to stop. */
final class MortalSource implements BatchSource {
    private final BatchSource source;
    private final StopSignal stop;
    private long left;
    private long leftToStop;

    MortalSource(BatchSource source, long left, long leftToStop, StopSignal stop) {
        this.source = source;
        this.left = left;
        this.leftToStop = leftToStop;
        this.stop = stop;
    }

    @Override
    public Optional<PreparedBatch> next() {
        if (left-- == 0) {
            throw new KilledException();
        }
        if (leftToStop-- == 0) {
            stop.stop();
        }
        return source.next();
    }
}
