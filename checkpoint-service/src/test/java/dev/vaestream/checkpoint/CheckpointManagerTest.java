package dev.vaestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.CheckpointEvent;
import dev.vaestream.contracts.CheckpointEvent.Change;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.RunStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointManagerTest {
    private final InMemoryObjectStorage storage = new InMemoryObjectStorage();
    private final TestingService service = new TestingService(storage);
    private final CheckpointManager manager = service.manager();

    @Test
    void theNewestAreKeptAndTheirBlobs() {
        List<Manifest> saved = save("demo", 2, 100, 200, 300);

        assertThat(manager.status("demo").steps()).containsExactly(200L, 300L);
        assertThat(blobKeys()).containsExactlyInAnyOrderElementsOf(keys(saved.get(1), saved.get(2)));
    }

    @Test
    void nothingIsLeftOfAnIntentThatIsCarriedOut() {
        save("demo", 1, 100, 200, 300);

        assertThat(storage.list("runs/demo/retired/")).isEmpty();
    }

    @Test
    void aBlobThatAnotherRunRefersToStays() {
        byte[] shared = Examples.bytes("shared");
        manager.claim(Examples.claim("one", 1));
        manager.claim(Examples.claim("two", 1));
        Manifest ofOne = Examples.manifest("one", 100, null, 1, shared, Examples.optimizer("one", 100));
        Manifest ofTwo = Examples.manifest("two", 100, null, 1, shared, Examples.optimizer("two", 100));
        for (Manifest manifest : List.of(ofOne, ofTwo)) {
            service.put(manifest.blob(Blob.PARAMS), shared);
            service.put(manifest.blob(Blob.OPTIMIZER), Examples.optimizer(manifest.run(), 100));
            manager.save(manifest);
        }

        service.save(Examples.manifest("one", 200, ofOne, 1));

        assertThat(blobKeys())
                .contains(BucketLayout.blob(ofTwo.blob(Blob.PARAMS).sha256()))
                .doesNotContain(BucketLayout.blob(ofOne.blob(Blob.OPTIMIZER).sha256()));
    }

    @Test
    void noBlobIsDeletedWhileAManifestDoesNotHold() {
        save("other", 4, 100);
        storage.overwrite("runs/other/checkpoints/100.json", Examples.bytes("rotten"));

        List<Manifest> saved = save("demo", 1, 100, 200);

        assertThat(manager.status("demo").steps()).containsExactly(200L);
        assertThat(blobKeys()).containsAll(keys(saved.get(0)));
    }

    @Test
    void whatCouldNotBeDeletedIsDeletedLater() {
        save("other", 4, 100);
        byte[] sound = storage.document("runs/other/checkpoints/100.json").orElseThrow();
        storage.overwrite("runs/other/checkpoints/100.json", Examples.bytes("rotten"));
        List<Manifest> saved = save("demo", 1, 100, 200);
        storage.overwrite("runs/other/checkpoints/100.json", sound);

        manager.recover();

        assertThat(blobKeys()).doesNotContainAnyElementsOf(keys(saved.get(0)));
        assertThat(storage.list("runs/demo/retired/")).isEmpty();
    }

    @Test
    void aManifestThatDoesNotHoldDoesNotCountAsKept() {
        save("demo", 2, 100, 200);
        storage.overwrite("runs/demo/checkpoints/200.json", Examples.bytes("rotten"));
        Manifest first = manager.restore(new CheckpointId("demo", 100));

        service.save(Examples.manifest("demo", 300, first, 1));

        assertThat(manager.status("demo").steps()).containsExactly(100L, 300L);
    }

    @Test
    void commitsAndRetirementsAreTold() {
        List<Manifest> saved = save("demo", 1, 100, 200);

        assertThat(service.events())
                .containsExactly(
                        event(saved.get(0), Change.COMMITTED),
                        event(saved.get(1), Change.COMMITTED),
                        event(saved.get(0), Change.RETIRED));
    }

    @Test
    void theNewestCheckpointOfEachRunIsToldAgainAtTheStart() {
        Manifest ofDemo = save("demo", 4, 100, 200).get(1);
        Manifest ofOther = save("other", 4, 100).get(0);
        manager.claim(Examples.claim("without", 4));

        TestingService restarted = new TestingService(storage);
        restarted.manager().recover();

        assertThat(restarted.events())
                .containsExactly(event(ofDemo, Change.COMMITTED), event(ofOther, Change.COMMITTED));
    }

    @Test
    void aDeletedCheckpointIsGoneWithItsBlobs() {
        List<Manifest> saved = save("demo", 4, 100, 200);

        manager.delete(new CheckpointId("demo", 100));

        assertThat(manager.status("demo").steps()).containsExactly(200L);
        assertThat(blobKeys()).containsExactlyInAnyOrderElementsOf(keys(saved.get(1)));
    }

    @Test
    void theNewestCheckpointIsNotDeleted() {
        save("demo", 4, 100, 200);

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> manager.delete(new CheckpointId("demo", 200)))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.NEWEST_CHECKPOINT));
    }

    @Test
    void aRunWithoutCheckpointsHasNoLatest() {
        manager.claim(Examples.claim("demo", 4));

        assertThat(manager.status("demo")).isEqualTo(new RunStatus(Examples.identity("demo", 4), List.of(), null));
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> manager.latest("demo"))
                .withMessage("Run demo has no checkpoint");
    }

    @Test
    void aRunThatCannotBeReadHidesNoOther() {
        save("demo", 4, 100);
        storage.overwrite("runs/broken/run.json", Examples.bytes("{}"));

        assertThat(manager.statuses())
                .extracting(status -> status.identity().run())
                .containsExactly("demo");
    }

    @Test
    void aManifestThatDoesNotHoldIsSaidSo() {
        save("demo", 4, 100);
        storage.overwrite("runs/demo/checkpoints/100.json", Examples.bytes("rotten"));

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> manager.restore(new CheckpointId("demo", 100)))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.MANIFEST_CORRUPT));
    }

    @Test
    void aManifestThatDoesNotHoldIsDeletedAtOnce() {
        save("demo", 4, 100, 200);
        storage.overwrite("runs/demo/checkpoints/100.json", Examples.bytes("rotten"));

        manager.delete(new CheckpointId("demo", 100));

        assertThat(storage.keys())
                .doesNotContain("runs/demo/checkpoints/100.json")
                .anyMatch(key -> key.startsWith("runs/demo/corrupt/100-"));
    }

    private List<Manifest> save(String run, int maxToKeep, long... steps) {
        manager.claim(Examples.claim(run, maxToKeep));
        List<Manifest> saved = new ArrayList<>();
        for (long step : steps) {
            Manifest parent = saved.isEmpty() ? null : saved.get(saved.size() - 1);
            Manifest manifest = Examples.manifest(run, step, parent, 1);
            service.save(manifest);
            saved.add(manifest);
        }
        return saved;
    }

    private static CheckpointEvent event(Manifest manifest, Change change) {
        return new CheckpointEvent(manifest.run(), manifest.step(), change, manifest.digest(), Examples.NOW);
    }

    private List<String> blobKeys() {
        return storage.keys().stream().filter(key -> key.startsWith("blobs/")).toList();
    }

    private static List<String> keys(Manifest... manifests) {
        return Arrays.stream(manifests)
                .flatMap(manifest -> manifest.blobs().stream())
                .map(blob -> BucketLayout.blob(blob.sha256()))
                .toList();
    }
}
