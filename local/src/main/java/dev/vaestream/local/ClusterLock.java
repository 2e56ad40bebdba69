package dev.vaestream.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A state directory has one supervisor at a time: the process that holds its lock, until that process ends. */
final class ClusterLock implements AutoCloseable {
    private final FileChannel channel;

    private ClusterLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Empty where another holds it. */
    @SuppressWarnings("resource") // The lock that is returned owns the channel.
    static Optional<ClusterLock> take(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new ClusterLock(channel));
        } catch (IOException e) {
            throw new CommandFailedException("cannot lock %s: %s".formatted(file, Reason.of(e)), e);
        }
    }

    static boolean isTaken(Path file) {
        if (!Files.exists(file)) {
            return false;
        }
        Optional<ClusterLock> lock = take(file);
        lock.ifPresent(ClusterLock::close);
        return lock.isEmpty();
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held in this process
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
