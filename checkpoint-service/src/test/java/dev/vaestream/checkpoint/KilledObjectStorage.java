package dev.vaestream.checkpoint;

import java.util.function.Supplier;

/** A store whose process dies at its n-th change: just before it, or just after. Nothing can be asked of it then. */
final class KilledObjectStorage extends ForwardingObjectStorage {
    private final int killedAt;
    private final boolean after;
    private int changes;
    private boolean dead;

    KilledObjectStorage(ObjectStorage storage, int killedAt, boolean after) {
        super(storage);
        this.killedAt = killedAt;
        this.after = after;
    }

    @Override
    <T> T ask(String key, Supplier<T> question) {
        requireAlive();
        return question.get();
    }

    @Override
    <T> T change(String key, Supplier<T> change) {
        requireAlive();
        changes++;
        if (changes == killedAt && !after) {
            throw kill();
        }
        T answer = change.get();
        if (changes == killedAt) {
            throw kill();
        }
        return answer;
    }

    private KilledError kill() {
        dead = true;
        return new KilledError();
    }

    private void requireAlive() {
        if (dead) {
            throw new KilledError();
        }
    }

    /** No exception of ours, so that nothing handles it. */
    static final class KilledError extends Error {
        private static final long serialVersionUID = 1L;
    }
}
