package dev.vaestream.checkpoint;

import dev.vaestream.contracts.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;

/** A bucket in a map. */
class InMemoryObjectStorage implements ObjectStorage {
    private final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

    @Override
    public String address() {
        return "bucket test in memory";
    }

    @Override
    public void ensureBucket() {}

    @Override
    public boolean createIfAbsent(String key, byte[] content) {
        return objects.putIfAbsent(key, content.clone()) == null;
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
        objects.put(key, bytes);
    }

    @Override
    public <T> Optional<T> get(String key, Reading<T> reading) {
        byte[] held = objects.get(key);
        if (held == null) {
            return Optional.empty();
        }
        try (InputStream content = new ByteArrayInputStream(held)) {
            return Optional.of(reading.read(content));
        } catch (IOException e) {
            throw new StorageUnavailableException("reading " + key, e);
        }
    }

    @Override
    public OptionalLong size(String key) {
        byte[] held = objects.get(key);
        return held == null ? OptionalLong.empty() : OptionalLong.of(held.length);
    }

    @Override
    public List<StoredObject> list(String prefix) {
        return objects.tailMap(prefix).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .map(entry -> new StoredObject(
                        entry.getKey(), Sha256.of(entry.getValue()).hex()))
                .toList();
    }

    @Override
    public void delete(String key) {
        objects.remove(key);
    }

    /** Writes past every rule, as rot or another program does. */
    void overwrite(String key, byte[] content) {
        objects.put(key, content.clone());
    }

    List<String> keys() {
        return List.copyOf(objects.keySet());
    }
}
