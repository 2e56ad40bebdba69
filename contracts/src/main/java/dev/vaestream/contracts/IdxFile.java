package dev.vaestream.contracts;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * One IDX file being read from its first byte to its last, gzipped or not, whatever its name says. Bytes are counted
 * as unpacked. Memory follows what the file really has, not what its header promises.
 */
final class IdxFile implements Closeable {
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path path;
    private final InputStream in;
    private long position;

    private IdxFile(Path path, InputStream in) {
        this.path = path;
        this.in = in;
    }

    /** @throws DatasetException where the file cannot be opened */
    static IdxFile open(Path path) {
        try {
            InputStream file = new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES);
            try {
                return new IdxFile(path, isGzip(file) ? new GZIPInputStream(file, BUFFER_BYTES) : file);
            } catch (IOException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw unreadable(path, 0, e);
        }
    }

    /** A whole number of four bytes, big-endian. */
    int readInt(String what) {
        return ByteBuffer.wrap(read(Integer.BYTES, what)).getInt();
    }

    byte[] read(int bytes, String what) {
        ByteArrayOutputStream read = new ByteArrayOutputStream(Math.min(bytes, BUFFER_BYTES));
        byte[] piece = new byte[Math.min(bytes, BUFFER_BYTES)];
        try {
            while (read.size() < bytes) {
                int more = in.read(piece, 0, Math.min(bytes - read.size(), piece.length));
                if (more < 0) {
                    throw new DatasetException(path, position, "the file ends here, before the end of " + what);
                }
                read.write(piece, 0, more);
                position += more;
            }
            return read.toByteArray();
        } catch (IOException e) {
            throw unreadable(path, position, e);
        }
    }

    /** Requires that nothing comes after what was read; of a gzipped file this also checks its checksum. */
    void requireEnd() {
        try {
            if (in.read() >= 0) {
                throw new DatasetException(path, position, "the file goes on after what its header promises");
            }
        } catch (IOException e) {
            throw unreadable(path, position, e);
        }
    }

    /** That the last {@code bytes} bytes read are wrong. */
    DatasetException wrong(int bytes, String what) {
        return new DatasetException(path, position - bytes, what);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static boolean isGzip(InputStream file) throws IOException {
        file.mark(Short.BYTES);
        byte[] magic = file.readNBytes(Short.BYTES);
        file.reset();
        return magic.length == Short.BYTES && (ByteBuffer.wrap(magic).getShort() & 0xffff) == GZIP_MAGIC;
    }

    private static DatasetException unreadable(Path path, long position, IOException e) {
        String what = "the file cannot be read: " + e.getMessage();
        if (e instanceof EOFException) {
            what = "the gzipped file breaks off in what is unpacked from here on";
        } else if (e instanceof ZipException) {
            what = "the gzipped file is damaged in what is unpacked from here on (" + e.getMessage() + ")";
        } else if (!Files.exists(path)) {
            what = "there is no such file";
        } else if (!Files.isReadable(path) || Files.isDirectory(path)) {
            what = "it is no file that may be read";
        }
        DatasetException unreadable = new DatasetException(path, position, what);
        unreadable.initCause(e);
        return unreadable;
    }
}
