package dev.vaestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.Sha256;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrphanSweepTest {
    private static final byte[] ORPHAN = Examples.bytes("uploaded and never committed");
    private static final Blob BLOB = Blob.of(Blob.PARAMS, ORPHAN);
    private static final String KEY = BucketLayout.blob(BLOB.sha256());
    private static final Duration OLD = TestingService.ORPHAN_AGE.plusSeconds(1);

    private final InMemoryObjectStorage storage = new InMemoryObjectStorage();
    private final TestingService service = new TestingService(storage);
    private final Manifest first = Examples.manifest("demo", 100, null, 1);

    @BeforeEach
    void start() {
        service.manager().claim(Examples.claim("demo", 4));
        service.save(first);
        service.retention().start();
        service.put(BLOB, ORPHAN);
    }

    @Test
    void anOldBlobThatNothingRefersToIsDeleted() {
        storage.advance(OLD);

        service.retention().sweep();

        assertThat(storage.keys()).doesNotContain(KEY).containsAll(keys(first));
    }

    @Test
    void aYoungerBlobStays() {
        storage.advance(OLD.minusSeconds(1));

        service.retention().sweep();

        assertThat(storage.keys()).contains(KEY);
    }

    @Test
    void nothingIsDeletedWhileAManifestOfAnyRunCannotBeRead() {
        storage.overwrite("runs/other/checkpoints/5.json", Examples.bytes("rotten"));
        storage.advance(OLD);

        service.retention().sweep();

        assertThat(storage.keys()).contains(KEY);
    }

    @Test
    void nothingIsDeletedWhileAnIntentCannotBeRead() {
        storage.overwrite("runs/other/retired/5.json", Examples.bytes("rotten"));
        storage.advance(OLD);

        service.retention().sweep();

        assertThat(storage.keys()).contains(KEY);
    }

    @Test
    void aBlobOfACheckpointThatIsBeingDeletedIsLeftToItsRetirement() {
        Manifest naming = Examples.manifest("other", 5, null, 1, null, List.of(BLOB));
        storage.advance(OLD);
        storage.createIfAbsent("runs/other/retired/5.json", Json.write(Retirement.of(naming, Examples.NOW)));

        service.retention().sweep();

        assertThat(storage.keys()).contains(KEY);
    }

    @Test
    void aBlobOfACommitUnderWayStays() {
        storage.advance(OLD);
        Manifest naming = Examples.manifest("other", 5, null, 1, null, List.of(BLOB));
        storage.createIfAbsent(BucketLayout.pending(new UUID(0, 1)), naming.encode());

        service.retention().sweep();

        assertThat(storage.keys()).contains(KEY);
    }

    @Test
    void whatDiedProcessesHaveLeftIsClearedAway() {
        storage.createIfAbsent(BucketLayout.pending(new UUID(0, 1)), first.encode());
        storage.createIfAbsent(BucketLayout.sweep(new UUID(0, 2)), Json.write(new Sweep(List.of(Sha256.EMPTY))));
        storage.advance(OLD.plusSeconds(1));

        service.retention().sweep();

        assertThat(storage.list(BucketLayout.PENDING)).isEmpty();
        assertThat(storage.list(BucketLayout.SWEEPS)).isEmpty();
    }

    @Test
    void aBlobThatIsSentAgainIsYoungAgain() {
        storage.advance(TestingService.ORPHAN_AGE.dividedBy(2).plusSeconds(1));

        assertThat(service.put(BLOB, ORPHAN)).isTrue();

        storage.advance(OLD.minusSeconds(1));
        service.retention().sweep();
        assertThat(storage.keys()).contains(KEY);
    }

    @Test
    void aBlobThatIsYoungIsNotWrittenAgain() {
        storage.advance(TestingService.ORPHAN_AGE.dividedBy(2).minusSeconds(1));

        assertThat(service.put(BLOB, ORPHAN)).isFalse();
    }

    @Test
    void aCommitDoesNotRelyOnABlobThatIsBeingDeleted() {
        Manifest second = service.upload(Examples.manifest("demo", 200, first, 1));
        Sha256 params = second.blob(Blob.PARAMS).sha256();
        storage.createIfAbsent(BucketLayout.sweep(new UUID(0, 1)), Json.write(new Sweep(List.of(params))));

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> service.manager().save(second))
                .satisfies(e -> {
                    assertThat(e.problem()).isEqualTo(Problem.BLOBS_MISSING);
                    assertThat(e.missing()).containsExactly(params);
                });
        assertThat(storage.list(BucketLayout.PENDING)).isEmpty();
    }

    @Test
    void aSweepWhoseProcessHasDiedHindersNobodyForLong() {
        Manifest second = service.upload(Examples.manifest("demo", 200, first, 1));
        Sha256 params = second.blob(Blob.PARAMS).sha256();
        storage.createIfAbsent(BucketLayout.sweep(new UUID(0, 1)), Json.write(new Sweep(List.of(params))));

        storage.advance(TestingService.SWEEP_LIMIT.multipliedBy(2).plusSeconds(2));

        assertThat(service.manager().save(second)).isTrue();
    }

    @Test
    void aSweepThatWasHeldUpDeletesNothing() {
        long[] times = {0, TestingService.SWEEP_LIMIT.toNanos() + 1};
        int[] asked = {0};
        TestingService heldUp = new TestingService(storage, Duration.ZERO, Runnable::run, () -> times[asked[0]++]);
        heldUp.retention().start();
        storage.advance(OLD);

        heldUp.retention().sweep();

        assertThat(storage.keys()).contains(KEY);
        assertThat(storage.list(BucketLayout.SWEEPS)).isEmpty();
    }

    private static List<String> keys(Manifest manifest) {
        return manifest.blobs().stream()
                .map(blob -> BucketLayout.blob(blob.sha256()))
                .toList();
    }
}
