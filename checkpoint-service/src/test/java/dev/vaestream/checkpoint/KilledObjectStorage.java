package dev.vaestream.checkpoint;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** A store whose process dies at its n-th change: just before it, or just after. Nothing can be asked of it then. */
final class KilledObjectStorage implements ObjectStorage {
    private final ObjectStorage storage;
    private final int killedAt;
    private final boolean after;
    private int changes;
    private boolean dead;

    KilledObjectStorage(ObjectStorage storage, int killedAt, boolean after) {
        this.storage = storage;
        this.killedAt = killedAt;
        this.after = after;
    }

    @Override
    public String address() {
        return storage.address();
    }

    @Override
    public void ensureBucket() {
        storage.ensureBucket();
    }

    @Override
    public boolean createIfAbsent(String key, byte[] content) {
        return change(() -> storage.createIfAbsent(key, content));
    }

    @Override
    public void put(String key, Spool content) {
        change(() -> {
            storage.put(key, content);
            return true;
        });
    }

    @Override
    public <T> Optional<T> get(String key, Reading<T> reading) {
        requireAlive();
        return storage.get(key, reading);
    }

    @Override
    public OptionalLong size(String key) {
        requireAlive();
        return storage.size(key);
    }

    @Override
    public List<StoredObject> list(String prefix) {
        requireAlive();
        return storage.list(prefix);
    }

    @Override
    public void delete(String key) {
        change(() -> {
            storage.delete(key);
            return true;
        });
    }

    private boolean change(BooleanSupplier action) {
        requireAlive();
        changes++;
        if (changes == killedAt && !after) {
            throw kill();
        }
        boolean answer = action.getAsBoolean();
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
