package dev.vaestream.integrationtests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * Objects in a directory, a file each, replaced whole or not at all and forced to the disk. Every change takes effect at
 * one moment, in one order, which listeners see.
 */
final class StoredFiles implements Bucket {
    private static final String PART = ".part";

    private final Path directory;
    private final NavigableMap<String, Entry> entries = new TreeMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private long changes;

    StoredFiles(Path directory) {
        this.directory = directory;
        try (Stream<Path> files = Files.list(Files.createDirectories(directory))) {
            files.filter(file -> !file.toString().endsWith(PART)).forEach(this::index);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Is told of every change while it is made; it must not change anything itself. */
    void listen(Listener listener) {
        listeners.add(listener);
    }

    /** Writes an object, unless it is to be new and is not; whether it was written. */
    boolean put(String key, byte[] content, boolean onlyIfAbsent) {
        Entry entry = new Entry(key, content.length, md5(content), Instant.now(), 0);
        Path part = forced(content);
        synchronized (this) {
            Optional<byte[]> before = read(key);
            if (onlyIfAbsent && before.isPresent()) {
                delete(part);
                return false;
            }
            move(part, file(key));
            entries.put(key, entry.created(changes++));
            listeners.forEach(listener -> listener.put(key, before, content));
            return true;
        }
    }

    synchronized void delete(String key) {
        read(key).ifPresent(before -> {
            listeners.forEach(listener -> listener.deleted(key, before));
            delete(file(key));
            entries.remove(key);
            changes++;
        });
    }

    @Override
    public synchronized Optional<byte[]> read(String key) {
        try {
            return entries.containsKey(key) ? Optional.of(Files.readAllBytes(file(key))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized Optional<Entry> entry(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    synchronized List<Entry> entries(String prefix) {
        return entries.tailMap(prefix, true).values().stream()
                .takeWhile(entry -> entry.key().startsWith(prefix))
                .toList();
    }

    @Override
    public List<String> list(String prefix) {
        return entries(prefix).stream().map(Entry::key).toList();
    }

    /** As a disk does that rots: neither the store nor a listener knows of it. */
    synchronized void rot(String key, byte[] content) {
        require(key);
        move(forced(content), file(key));
    }

    /** As an operator does that deletes the wrong file. */
    synchronized void lose(String key) {
        require(key);
        delete(file(key));
        entries.remove(key);
    }

    private void require(String key) {
        if (!entries.containsKey(key)) {
            throw new IllegalArgumentException("there is no " + key);
        }
    }

    private void index(Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            String key = URLDecoder.decode(file.getFileName().toString(), UTF_8);
            Instant modified = Files.getLastModifiedTime(file).toInstant();
            entries.put(key, new Entry(key, content.length, md5(content), modified, changes++));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String key) {
        return directory.resolve(URLEncoder.encode(key, UTF_8));
    }

    private Path forced(byte[] content) {
        try {
            Path part = Files.createTempFile(directory, "", PART);
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            return part;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void move(Path part, Path file) {
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String md5(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5, which every Java must have", e);
        }
    }

    /** An object's line in a listing; {@code order} is higher for what was written later. */
    record Entry(String key, int bytes, String md5, Instant modified, long order) {
        static final Comparator<Entry> BY_ORDER = Comparator.comparingLong(Entry::order);

        private Entry created(long at) {
            return new Entry(key, bytes, md5, modified, at);
        }
    }

    /** Sees every change at its moment. */
    interface Listener {
        void put(String key, Optional<byte[]> before, byte[] after);

        void deleted(String key, byte[] before);
    }
}
