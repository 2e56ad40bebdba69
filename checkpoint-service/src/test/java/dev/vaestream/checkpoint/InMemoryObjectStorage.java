package dev.vaestream.checkpoint;

import dev.vaestream.contracts.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** A bucket in a map, whose time stands still until a test moves it. */
class InMemoryObjectStorage implements ObjectStorage {
    private final ConcurrentSkipListMap<String, Stored> objects = new ConcurrentSkipListMap<>();
    private volatile Instant now = Examples.NOW;

    /** An object's bytes, of which nobody has another copy, and when they were written. */
    private static final class Stored {
        private final byte[] bytes;
        private final Instant modifiedAt;

        Stored(byte[] bytes, Instant modifiedAt) {
            this.bytes = bytes;
            this.modifiedAt = modifiedAt;
        }
    }

    @Override
    public String address() {
        return "bucket test in memory";
    }

    @Override
    public void ensureBucket() {}

    @Override
    public boolean createIfAbsent(String key, byte[] content) {
        return objects.putIfAbsent(key, new Stored(content.clone(), now)) == null;
    }

    @Override
    public void put(String key, Spool content) {
        byte[] bytes = new byte[Math.toIntExact(content.bytes())];
        try {
            content.rewound().readFully(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!Sha256.of(bytes).equals(content.digest())) {
            throw new StorageUnavailableException("writing " + key + ": the bytes have changed on the way");
        }
        objects.put(key, new Stored(bytes, now));
    }

    @Override
    public <T> Optional<T> get(String key, Reading<T> reading) {
        Stored held = objects.get(key);
        if (held == null) {
            return Optional.empty();
        }
        try (InputStream content = new ByteArrayInputStream(held.bytes)) {
            return Optional.of(reading.read(content));
        } catch (IOException e) {
            throw new StorageUnavailableException("reading " + key, e);
        }
    }

    @Override
    public Optional<ObjectStat> stat(String key) {
        return Optional.ofNullable(objects.get(key))
                .map(held -> new ObjectStat(held.bytes.length, held.modifiedAt, now));
    }

    @Override
    public List<StoredObject> list(String prefix) {
        return objects.tailMap(prefix).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .map(entry -> new StoredObject(
                        entry.getKey(), Sha256.of(entry.getValue().bytes).hex(), entry.getValue().modifiedAt))
                .toList();
    }

    @Override
    public void delete(String key) {
        objects.remove(key);
    }

    /** Writes past every rule, as rot or another program does. */
    void overwrite(String key, byte[] content) {
        objects.put(key, new Stored(content.clone(), now));
    }

    /** Lets time pass. */
    void advance(Duration time) {
        now = now.plus(time);
    }

    Instant now() {
        return now;
    }

    List<String> keys() {
        return List.copyOf(objects.keySet());
    }
}
