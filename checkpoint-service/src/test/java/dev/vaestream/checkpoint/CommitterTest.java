package dev.vaestream.checkpoint;

import static dev.vaestream.checkpoint.FaultyObjectStorage.Fault.ANSWER_LOST;
import static dev.vaestream.checkpoint.FaultyObjectStorage.Fault.REFUSED_BY_ITSELF;
import static dev.vaestream.checkpoint.FaultyObjectStorage.Fault.REQUEST_LOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Manifest;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommitterTest {
    private final FaultyObjectStorage storage = new FaultyObjectStorage();
    private final TestingService service = new TestingService(storage);
    private final Manifest first = Examples.manifest("demo", 100, null, 1);
    private final Manifest second = Examples.manifest("demo", 200, first, 1);

    @BeforeEach
    void claim() {
        service.manager().claim(Examples.claim("demo", 4));
    }

    @Test
    void aManifestWhoseBlobsAreStoredIsCommitted() {
        assertThat(service.save(first)).isTrue();

        assertThat(storage.document("runs/demo/checkpoints/100.json")).contains(first.encode());
    }

    @Test
    void aManifestFollowsTheNewest() {
        service.save(first);

        assertThat(service.save(second)).isTrue();
    }

    @Test
    void theSameManifestAgainIsASuccess() {
        service.save(first);

        assertThat(service.save(first)).isFalse();
    }

    @Test
    void theSameStateOfAnotherWriterIsASuccess() {
        service.save(first);
        service.manager().claim(Examples.claim("demo", 4));

        assertThat(service.save(Examples.manifest("demo", 100, null, 2))).isFalse();
        assertThat(service.manager().latest("demo")).isEqualTo(first);
    }

    /** Or one that only ever comes to steps that its successor has made would never learn that it has one. */
    @Test
    void anOlderWriterIsFencedWithTheSameStateToo() {
        service.save(first);
        service.manager().claim(Examples.claim("demo", 4));

        refused(first, Problem.FENCED);
    }

    @Test
    void anOlderWriterIsFenced() {
        service.manager().claim(Examples.claim("demo", 4));

        refused(first, Problem.FENCED).withMessage("Run demo is written by epoch 2 now, not 1");
    }

    @Test
    void anEpochThatWasNeverGrantedIsRefused() {
        refused(Examples.manifest("demo", 100, null, 2), Problem.UNKNOWN_WRITER)
                .withMessage("Run demo never granted epoch 2; the highest is 1");
    }

    @Test
    void aRunWithoutWritersIsRefused() {
        refused(Examples.manifest("other", 100, null, 1), Problem.UNKNOWN_WRITER);
    }

    @Test
    void anotherStateOfTheSameStepIsRefusedAndBothStay() {
        service.save(first);
        byte[] params = Examples.bytes("other params");
        Manifest other = Examples.manifest("demo", 100, null, 1, params, Examples.optimizer("demo", 100));
        service.put(other.blob(Blob.PARAMS), params);

        refused(other, Problem.STATE_DIFFERS)
                .withMessageContaining("Checkpoint demo/100 is stored by epoch 1 with blobs [");
        assertThat(service.manager().latest("demo")).isEqualTo(first);
        assertThat(storage.keys())
                .contains("blobs/sha256/" + other.blob(Blob.PARAMS).sha256());
    }

    @Test
    void aManifestWithoutItsParentIsRefused() {
        refused(service.upload(second), Problem.PARENT_DIFFERS)
                .withMessage("Checkpoint demo/200 follows step 100 with digest %s; the newest one is none,"
                        .concat(" and each follows the newest")
                        .formatted(first.digest()));
    }

    @Test
    void aManifestBeforeTheNewestIsRefused() {
        service.save(first);
        service.save(second);

        refused(service.upload(Examples.manifest("demo", 150, first, 1)), Problem.PARENT_DIFFERS);
    }

    @Test
    void missingBlobsAreNamedForAnotherUpload() {
        service.put(first.blob(Blob.PARAMS), Examples.params("demo", 100));

        refused(first, Problem.BLOBS_MISSING)
                .withMessage("Checkpoint demo/100 names blobs that are not stored whole: [optimizer.safetensors]")
                .satisfies(e -> assertThat(e.missing())
                        .containsExactly(first.blob(Blob.OPTIMIZER).sha256()));
    }

    @Test
    void unclearAnswersToTheCommitAreSettled() {
        service.upload(first);
        storage.next(ANSWER_LOST);

        assertThat(service.manager().save(first)).isTrue();

        storage.next(REFUSED_BY_ITSELF);

        assertThat(service.save(second)).isTrue();
    }

    @Test
    void aCommitThatNeverArrivesIsTriedAgainByTheSender() {
        service.upload(first);
        storage.next(REQUEST_LOST, REQUEST_LOST, REQUEST_LOST);

        assertThatThrownBy(() -> service.manager().save(first)).isInstanceOf(StorageUnavailableException.class);

        assertThat(service.manager().save(first)).isTrue();
    }

    @Test
    void aStepWhoseManifestHasRottedIsCommittedAgain() {
        service.save(first);
        service.save(second);
        storage.overwrite("runs/demo/checkpoints/200.json", Examples.bytes("rotten"));

        assertThat(service.save(second)).isTrue();

        assertThat(service.manager().latest("demo")).isEqualTo(second);
        assertThat(storage.keys()).anyMatch(key -> key.startsWith("runs/demo/corrupt/200-"));
    }

    private ThrowableAssertAlternative<RefusedException> refused(Manifest manifest, Problem problem) {
        return assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> service.manager().save(manifest))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
