package dev.vaestream.checkpoint;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Sha256;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Blobs under their own SHA-256, which is checked on every way in and out. */
final class BlobStore {
    /** A bit can also flip on the way, and then not a second time. */
    private static final int READS = 2;

    private final ObjectStorage storage;
    private final long maxBytes;
    private final Duration freshness;
    private final Counter corrupt;

    /** @param freshness age from which a blob that is sent again is written again */
    BlobStore(ObjectStorage storage, long maxBytes, Duration freshness, MeterRegistry meters) {
        this.storage = storage;
        this.maxBytes = maxBytes;
        this.freshness = freshness;
        this.corrupt = Counter.builder("vaestream.checkpoint.blobs.corrupt")
                .description("Reads of a blob whose bytes were not those of its digest")
                .register(meters);
    }

    /**
     * Stores a blob. One that is there already is read back first, and replaced if it has rotted or is old.
     *
     * @return whether it was written
     * @throws RefusedException where it has another digest or too many bytes, or ends too early
     */
    boolean put(Sha256 digest, InputStream content) {
        try (Spool spool = Spool.of(content, maxBytes)) {
            if (!spool.digest().equals(digest)) {
                throw new RefusedException(
                        Problem.DIGEST_DIFFERS,
                        "The %d bytes sent as blob %s have SHA-256 %s"
                                .formatted(spool.bytes(), digest, spool.digest()));
            }
            String key = BucketLayout.blob(digest);
            if (holds(key, spool)) {
                return false;
            }
            storage.put(key, spool);
            return true;
        } catch (IOException e) {
            throw Requests.cut(e);
        }
    }

    /** @throws RefusedException where there is no such blob, or only one with other bytes */
    Spool get(Sha256 digest) {
        Spool spool = readable(digest).orElseThrow(() -> absent(digest));
        if (spool.digest().equals(digest)) {
            return spool;
        }
        spool.close();
        throw new RefusedException(
                Problem.BLOB_CORRUPT,
                "Blob %s is stored as %d bytes with SHA-256 %s".formatted(digest, spool.bytes(), spool.digest()));
    }

    /** One that has grown is no less damaged than another. */
    private Optional<Spool> readable(Sha256 digest) {
        try {
            return stored(digest);
        } catch (RefusedException e) {
            if (e.problem() == Problem.TOO_LARGE) {
                throw new RefusedException(
                        Problem.BLOB_CORRUPT,
                        "Blob %s is stored as more than the %d bytes that one may have".formatted(digest, maxBytes));
            }
            throw e;
        }
    }

    /** What is stored under a digest, whatever it is; a reading of other bytes is tried again. */
    Optional<Spool> stored(Sha256 digest) {
        for (int read = 1; ; read++) {
            Optional<Spool> spool = storage.get(BucketLayout.blob(digest), content -> Spool.of(content, maxBytes));
            if (spool.isEmpty() || spool.get().digest().equals(digest)) {
                return spool;
            }
            corrupt.increment();
            if (read == READS) {
                return spool;
            }
            spool.get().close();
        }
    }

    /** @throws RefusedException where there is no such blob */
    long size(Sha256 digest) {
        return storage.stat(BucketLayout.blob(digest)).map(ObjectStat::bytes).orElseThrow(() -> absent(digest));
    }

    /** Those that are absent or have another size than they should. */
    List<Blob> missing(List<Blob> blobs) {
        return blobs.stream()
                .filter(blob -> storage.stat(BucketLayout.blob(blob.sha256()))
                        .filter(stat -> stat.bytes() == blob.bytes())
                        .isEmpty())
                .toList();
    }

    void delete(Sha256 digest) {
        storage.delete(BucketLayout.blob(digest));
    }

    private static RefusedException absent(Sha256 digest) {
        return new RefusedException(Problem.NO_BLOB, "There is no blob " + digest);
    }

    /** Whether these bytes are stored, and so lately that no sweep takes them before a commit can name them. */
    private boolean holds(String key, Spool spool) {
        return storage.stat(key)
                        .filter(stat ->
                                stat.bytes() == spool.bytes() && stat.age().compareTo(freshness) < 0)
                        .isPresent()
                && storage.get(key, Spool::digestOf)
                        .filter(spool.digest()::equals)
                        .isPresent();
    }
}
