package dev.vaestream.checkpoint;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Sha256;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;

/** Blobs under their own SHA-256, which is checked on every way in and out. */
final class BlobStore {
    /** A bit can also flip on the way, and then not a second time. */
    private static final int READS = 2;

    private final ObjectStorage storage;
    private final long maxBytes;
    private final Counter corrupt;

    BlobStore(ObjectStorage storage, long maxBytes, MeterRegistry meters) {
        this.storage = storage;
        this.maxBytes = maxBytes;
        this.corrupt = Counter.builder("checkpoint.blobs.corrupt")
                .description("Reads of a blob whose bytes were not those of its digest")
                .register(meters);
    }

    /**
     * Stores a blob. One that is there already is read back first, and replaced if it has rotted.
     *
     * @return whether it was absent or corrupt
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
        for (int read = 1; ; read++) {
            Spool spool = storage.get(BucketLayout.blob(digest), content -> Spool.of(content, maxBytes))
                    .orElseThrow(() -> absent(digest));
            if (spool.digest().equals(digest)) {
                return spool;
            }
            spool.close();
            corrupt.increment();
            if (read == READS) {
                throw new RefusedException(
                        Problem.BLOB_CORRUPT,
                        "Blob %s is stored as %d bytes with SHA-256 %s"
                                .formatted(digest, spool.bytes(), spool.digest()));
            }
        }
    }

    /** @throws RefusedException where there is no such blob */
    long size(Sha256 digest) {
        return storage.size(BucketLayout.blob(digest)).orElseThrow(() -> absent(digest));
    }

    /** Those that are absent or have another size than they should. */
    List<Blob> missing(List<Blob> blobs) {
        return blobs.stream()
                .filter(blob -> !storage.size(BucketLayout.blob(blob.sha256())).equals(OptionalLong.of(blob.bytes())))
                .toList();
    }

    void delete(Sha256 digest) {
        storage.delete(BucketLayout.blob(digest));
    }

    private static RefusedException absent(Sha256 digest) {
        return new RefusedException(Problem.NO_BLOB, "There is no blob " + digest);
    }

    private boolean holds(String key, Spool spool) {
        return storage.size(key).equals(OptionalLong.of(spool.bytes()))
                && storage.get(key, Spool::digestOf)
                        .filter(spool.digest()::equals)
                        .isPresent();
    }
}
