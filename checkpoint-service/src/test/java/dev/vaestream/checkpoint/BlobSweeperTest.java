package dev.vaestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.Sha256;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BlobSweeperTest {
    private static final byte[] NEEDED = Examples.params("demo", 100);
    private static final byte[] GARBAGE = Examples.bytes("garbage");

    private final InMemoryObjectStorage storage = new InMemoryObjectStorage();
    private final List<Set<Sha256>> announced = new ArrayList<>();
    private final ManifestStore manifests = new ManifestStore(storage, new SimpleMeterRegistry());
    private final BlobStore blobs = new BlobStore(storage, 1_000, Duration.ofHours(12), new SimpleMeterRegistry());
    private final BlobSweeper sweeper = new BlobSweeper(
            new ForwardingObjectStorage(storage) {
                @Override
                public void delete(String key) {
                    announced.add(sweeping());
                    super.delete(key);
                }
            },
            new PendingCommits(storage),
            manifests,
            blobs,
            Duration.ofSeconds(30),
            () -> 0);

    @Test
    void whatAManifestNeedsIsNotAnnounced() {
        store();

        assertThat(sweeper.delete(List.of(Sha256.of(NEEDED), Sha256.of(GARBAGE))))
                .isTrue();

        assertThat(announced).containsExactly(Set.of(Sha256.of(GARBAGE)));
    }

    @Test
    void whatNothingNeedsIsDeleted() {
        store();

        sweeper.delete(List.of(Sha256.of(NEEDED), Sha256.of(GARBAGE)));

        assertThat(storage.keys())
                .contains(BucketLayout.blob(Sha256.of(NEEDED)))
                .doesNotContain(BucketLayout.blob(Sha256.of(GARBAGE)));
    }

    @Test
    void whereAllIsNeededNothingIsSaid() {
        store();

        assertThat(sweeper.delete(List.of(Sha256.of(NEEDED)))).isTrue();

        assertThat(announced).isEmpty();
    }

    private Set<Sha256> sweeping() {
        return sweeper.underWay();
    }

    private void store() {
        Manifest manifest = Examples.manifest("demo", 100, null, 1);
        manifests.create(manifest);
        blobs.put(manifest.blob(Blob.PARAMS).sha256(), new ByteArrayInputStream(NEEDED));
        blobs.put(Sha256.of(GARBAGE), new ByteArrayInputStream(GARBAGE));
    }
}
