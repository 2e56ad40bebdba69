package dev.vaestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.Manifest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class ManifestStoreTest {
    private static final CheckpointId ID = new CheckpointId("demo", 100);

    private final InMemoryObjectStorage storage = new InMemoryObjectStorage();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ManifestStore manifests = new ManifestStore(storage, meters);
    private final Manifest first = Examples.manifest("demo", 100, null, 1);
    private final Manifest second = Examples.manifest("demo", 1_000, first, 1);

    @Test
    void aManifestIsReadBack() {
        assertThat(manifests.create(first)).isTrue();

        assertThat(manifests.read(ID)).contains(first);
    }

    @Test
    void aStepKeepsItsManifest() {
        manifests.create(first);

        assertThat(manifests.create(Examples.manifest("demo", 100, null, 2))).isFalse();

        assertThat(manifests.read(ID)).contains(first);
    }

    @Test
    void theListIsInTheOrderOfSteps() {
        manifests.create(second);
        manifests.create(first);

        assertThat(manifests.list("demo")).containsExactly(first, second);
    }

    @Test
    void theNewestHasTheHighestStep() {
        manifests.create(second);
        manifests.create(first);

        assertThat(manifests.checkpoints("demo").latest()).contains(second);
    }

    @Test
    void noManifestIsNewerThanNone() {
        assertThat(manifests.checkpoints("demo").latest()).isEmpty();
    }

    @Test
    void aManifestThatDoesNotHoldIsPassedOverAndCounted() {
        manifests.create(first);
        manifests.create(second);
        corrupt(1_000);

        assertThat(manifests.list("demo")).containsExactly(first);
        assertThat(manifests.checkpoints("demo").latest()).contains(first);
        assertThat(meters.counter("vaestream.checkpoint.manifests.corrupt").count())
                .isEqualTo(2);
    }

    @Test
    void aManifestThatDoesNotHoldIsNotRead() {
        manifests.create(first);
        corrupt(100);

        assertThatThrownBy(() -> manifests.read(ID))
                .isInstanceOf(CorruptManifestException.class)
                .hasMessageStartingWith("Manifest demo/100 does not hold: ");
    }

    @Test
    void aManifestInAnothersPlaceDoesNotHold() {
        storage.overwrite("runs/demo/checkpoints/100.json", second.encode());

        assertThatThrownBy(() -> manifests.read(ID))
                .hasMessage("Manifest demo/100 does not hold: it is the one of demo/1000");
    }

    @Test
    void bytesThatChangeAreReadAgain() {
        manifests.create(first);
        manifests.list("demo");
        corrupt(100);

        assertThat(manifests.list("demo")).isEmpty();
    }

    @Test
    void halfAWriteIsNoManifest() {
        storage.overwrite("runs/demo/checkpoints/100.json-1b4e28ba", first.encode());

        assertThat(manifests.list("demo")).isEmpty();
        assertThat(meters.counter("vaestream.checkpoint.manifests.corrupt").count())
                .isZero();
    }

    @Test
    void referencesAreThoseOfAllRuns() {
        Manifest other = Examples.manifest("other", 100, null, 1);
        manifests.create(first);
        manifests.create(other);

        assertThat(manifests.references())
                .hasValueSatisfying(references -> assertThat(references)
                        .containsExactlyInAnyOrder(
                                first.blobs().get(0).sha256(),
                                first.blobs().get(1).sha256(),
                                other.blobs().get(0).sha256(),
                                other.blobs().get(1).sha256()));
    }

    @Test
    void nobodyKnowsWhatAManifestRefersToThatDoesNotHold() {
        manifests.create(first);
        manifests.create(second);
        corrupt(100);

        assertThat(manifests.references()).isEmpty();
    }

    @Test
    void aManifestThatDoesNotHoldIsSetAside() {
        manifests.create(first);
        corrupt(100);

        manifests.setAside(ID);

        assertThat(storage.keys()).singleElement().asString().startsWith("runs/demo/corrupt/100-");
    }

    @Test
    void aWholeManifestThatAnotherServiceCommitsMeanwhileStays() {
        manifests.create(first);
        corrupt(100);
        ForwardingObjectStorage replaced = new ForwardingObjectStorage(storage) {
            @Override
            public boolean createIfAbsent(String key, byte[] content) {
                boolean created = super.createIfAbsent(key, content);
                storage.overwrite(ID.key(), first.encode());
                return created;
            }
        };

        new ManifestStore(replaced, meters).setAside(ID);

        assertThat(manifests.read(ID)).contains(first);
    }

    @Test
    void aManifestThatHoldsIsNotSetAside() {
        manifests.create(first);

        manifests.setAside(ID);

        assertThat(manifests.read(ID)).contains(first);
    }

    private void corrupt(long step) {
        String key = BucketLayout.checkpoint("demo", step);
        byte[] bytes = storage.document(key).orElseThrow();
        bytes[bytes.length / 2] ^= 1;
        storage.overwrite(key, bytes);
    }
}
