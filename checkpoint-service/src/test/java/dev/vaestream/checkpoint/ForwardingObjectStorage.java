package dev.vaestream.checkpoint;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A store in front of another one, for tests in which something happens around its verbs. */
class ForwardingObjectStorage implements ObjectStorage {
    private final ObjectStorage storage;

    ForwardingObjectStorage(ObjectStorage storage) {
        this.storage = storage;
    }

    /** Every question to the store passes here. */
    <T> T ask(String key, Supplier<T> question) {
        return question.get();
    }

    /** Every change of the store passes here. */
    <T> T change(String key, Supplier<T> change) {
        return change.get();
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
        return change(key, () -> storage.createIfAbsent(key, content));
    }

    @Override
    public void put(String key, Spool content) {
        change(key, () -> {
            storage.put(key, content);
            return true;
        });
    }

    @Override
    public <T> Optional<T> get(String key, Reading<T> reading) {
        return ask(key, () -> storage.get(key, reading));
    }

    @Override
    public Optional<ObjectStat> stat(String key) {
        return ask(key, () -> storage.stat(key));
    }

    @Override
    public List<StoredObject> list(String prefix) {
        return ask(prefix, () -> storage.list(prefix));
    }

    @Override
    public void delete(String key) {
        change(key, () -> {
            storage.delete(key);
            return true;
        });
    }
}
