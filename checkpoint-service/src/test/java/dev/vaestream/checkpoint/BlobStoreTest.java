package dev.vaestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Sha256;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BlobStoreTest {
    private static final byte[] CONTENT = Examples.bytes("weights");
    private static final Sha256 DIGEST = Sha256.of(CONTENT);

    private final InMemoryObjectStorage storage = new InMemoryObjectStorage();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final BlobStore blobs = new BlobStore(storage, 1_000, Duration.ofHours(12), meters);

    @Test
    void aNewBlobIsStoredUnderItsDigest() {
        assertThat(put(DIGEST, CONTENT)).isTrue();

        assertThat(storage.document("blobs/sha256/" + DIGEST)).contains(CONTENT);
    }

    @Test
    void theSameBlobAgainChangesNothing() {
        put(DIGEST, CONTENT);

        assertThat(put(DIGEST, CONTENT)).isFalse();
    }

    @Test
    void aBlobThatHasRottedIsReplaced() throws IOException {
        put(DIGEST, CONTENT);
        storage.overwrite("blobs/sha256/" + DIGEST, Examples.bytes("weighst"));

        assertThat(put(DIGEST, CONTENT)).isTrue();

        assertThat(read()).isEqualTo(CONTENT);
    }

    @Test
    void anotherDigestIsRefusedAndNothingIsStored() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> put(DIGEST, Examples.bytes("other")))
                .withMessageContaining("The 5 bytes sent as blob " + DIGEST)
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.DIGEST_DIFFERS));
        assertThat(storage.keys()).isEmpty();
    }

    @Test
    void aBlobIsReadBack() throws IOException {
        put(DIGEST, CONTENT);

        assertThat(read()).isEqualTo(CONTENT);
    }

    @Test
    void anAbsentBlobIsRefused() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> blobs.get(DIGEST))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.NO_BLOB));
    }

    @Test
    void wrongBytesAreNeverGivenOut() {
        put(DIGEST, CONTENT);
        storage.overwrite("blobs/sha256/" + DIGEST, Examples.bytes("weighst"));

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> blobs.get(DIGEST))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.BLOB_CORRUPT));
        assertThat(meters.counter("vaestream.checkpoint.blobs.corrupt").count()).isEqualTo(2);
    }

    @Test
    void aBlobThatHasGrownIsDamagedLikeAnother() {
        put(DIGEST, CONTENT);
        storage.overwrite("blobs/sha256/" + DIGEST, new byte[2_000]);

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> blobs.get(DIGEST))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.BLOB_CORRUPT));
    }

    @Test
    void aBitThatFlipsOnTheWayIsReadAgain() throws IOException {
        FlippingObjectStorage flipping = new FlippingObjectStorage();
        BlobStore overFlipping = new BlobStore(flipping, 1_000, Duration.ofHours(12), meters);
        overFlipping.put(DIGEST, new ByteArrayInputStream(CONTENT));
        flipping.flipNextRead();

        try (InputStream read = overFlipping.get(DIGEST).content()) {
            assertThat(read.readAllBytes()).isEqualTo(CONTENT);
        }
    }

    @Test
    void absentBlobsAreMissing() {
        put(DIGEST, CONTENT);
        Blob present = Blob.of("params.safetensors", CONTENT);
        Blob absent = Blob.of("optimizer.safetensors", Examples.bytes("absent"));

        assertThat(blobs.missing(List.of(present, absent))).containsExactly(absent);
    }

    @Test
    void aBlobOfAnotherSizeIsMissing() {
        put(DIGEST, CONTENT);
        Blob longer = new Blob("params.safetensors", CONTENT.length + 1, DIGEST, Collections.emptySortedMap());

        assertThat(blobs.missing(List.of(longer))).containsExactly(longer);
    }

    private boolean put(Sha256 digest, byte[] content) {
        return blobs.put(digest, new ByteArrayInputStream(content));
    }

    private byte[] read() throws IOException {
        try (InputStream read = blobs.get(DIGEST).content()) {
            return read.readAllBytes();
        }
    }

    /** Changes a byte of one reading. */
    private static final class FlippingObjectStorage extends InMemoryObjectStorage {
        private boolean flip;

        void flipNextRead() {
            flip = true;
        }

        @Override
        public <T> Optional<T> get(String key, Reading<T> reading) {
            return super.get(key, content -> {
                byte[] bytes = content.readAllBytes();
                if (flip) {
                    bytes[0] ^= 1;
                    flip = false;
                }
                return reading.read(new ByteArrayInputStream(bytes));
            });
        }
    }
}
