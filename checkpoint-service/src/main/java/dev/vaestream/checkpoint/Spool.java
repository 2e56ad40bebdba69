package dev.vaestream.checkpoint;

import dev.vaestream.contracts.Sha256;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.zip.CRC32C;
import org.jboss.logging.Logger;

/**
 * A blob between HTTP and the store. It lies in a temporary file that has no name any more, so memory does not grow
 * with blobs, and nothing is left behind however the process ends.
 */
final class Spool implements Closeable {
    private static final Logger LOG = Logger.getLogger(Spool.class);
    private static final int BUFFER_BYTES = 64 * 1024;

    private final RandomAccessFile file;
    private final long bytes;
    private final Sha256 digest;
    private final int crc32c;

    private Spool(RandomAccessFile file, long bytes, Sha256 digest, int crc32c) {
        this.file = file;
        this.bytes = bytes;
        this.digest = digest;
        this.crc32c = crc32c;
    }

    /**
     * Takes {@code content} to its end.
     *
     * @throws RefusedException where it has more than {@code maxBytes}
     * @throws StorageUnavailableException where the temporary file cannot be written
     * @throws IOException where {@code content} cannot be read
     */
    static Spool of(InputStream content, long maxBytes) throws IOException {
        RandomAccessFile file = temporaryFile();
        try {
            MessageDigest digest = Sha256.newDigest();
            CRC32C crc32c = new CRC32C();
            byte[] buffer = new byte[BUFFER_BYTES];
            long bytes = 0;
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                bytes += read;
                if (bytes > maxBytes) {
                    throw new RefusedException(
                            Problem.TOO_LARGE, "A blob may have %d bytes; this one has more".formatted(maxBytes));
                }
                digest.update(buffer, 0, read);
                crc32c.update(buffer, 0, read);
                write(file, buffer, read);
            }
            return new Spool(file, bytes, Sha256.of(digest), (int) crc32c.getValue());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** The SHA-256 of {@code content} to its end, which is kept nowhere. */
    static Sha256 digestOf(InputStream content) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            digest.update(buffer, 0, read);
        }
        return Sha256.of(digest);
    }

    long bytes() {
        return bytes;
    }

    Sha256 digest() {
        return digest;
    }

    /** The checksum that stores know. */
    int crc32c() {
        return crc32c;
    }

    /** The file at its beginning; for one user at a time. */
    RandomAccessFile rewound() {
        try {
            file.seek(0);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The blob's bytes; closing them closes the spool. */
    InputStream content() {
        return Channels.newInputStream(rewound().getChannel());
    }

    /** Sends the blob's bytes and closes the spool. A receiver that goes away in the middle is no error of ours. */
    void sendTo(OutputStream receiver) {
        try (InputStream content = content()) {
            content.transferTo(receiver);
        } catch (IOException e) {
            LOG.debugf("a blob of %d bytes was not sent whole: %s", bytes, e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RandomAccessFile temporaryFile() {
        try {
            Path path = Files.createTempFile("vaestream-blob-", null);
            try {
                return new RandomAccessFile(path.toFile(), "rw");
            } finally {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw noRoom(e);
        }
    }

    private static void write(RandomAccessFile file, byte[] buffer, int length) {
        try {
            file.write(buffer, 0, length);
        } catch (IOException e) {
            throw noRoom(e);
        }
    }

    private static StorageUnavailableException noRoom(IOException e) {
        return new StorageUnavailableException(
                "A blob cannot pass through %s: %s".formatted(System.getProperty("java.io.tmpdir"), e.getMessage()), e);
    }
}
