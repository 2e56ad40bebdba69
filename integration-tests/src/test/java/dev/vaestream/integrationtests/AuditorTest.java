package dev.vaestream.integrationtests;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.LossSums;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.NumericFingerprint;
import dev.vaestream.contracts.Progress;
import dev.vaestream.contracts.RunIdentity;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.Sha256;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The harness finds what it is there to find: each test loses or spoils something that a service never may. */
class AuditorTest {
    private static final NumericFingerprint NUMERIC = new NumericFingerprint("2", "cpu", "amd64", "AVX2", true, 1);
    private static final RunSpec SPEC = Runs.small("stream", 100, 10);

    @TempDir
    private Path directory;

    private StoredFiles files;
    private Auditor auditor;

    @BeforeEach
    void begin() {
        files = new StoredFiles(directory);
        auditor = new Auditor(files, Duration.ofHours(1));
        files.listen(new ChangeAudit(files, auditor));
        files.put(
                "runs/demo/run.json",
                Json.write(new RunIdentity(
                        "demo",
                        SPEC,
                        SPEC.digest(),
                        new dev.vaestream.contracts.ImageShape(28, 28),
                        16,
                        "batches.stream",
                        "topic",
                        "cluster",
                        Sha256.EMPTY,
                        NUMERIC)),
                true);
    }

    @Test
    void whatAServiceDoesIsClean() {
        Manifest first = commit(10, null);
        Manifest second = commit(20, first);
        commit(30, second);
        auditor.audit();
        files.put("runs/demo/retired/10.json", FaultyStore.utf8("{}"), true);
        files.delete(key(first));
        first.blobs().forEach(blob -> files.delete(key(blob)));
        files.delete("runs/demo/retired/10.json");
        auditor.audit();

        assertThatCode(auditor::requireClean).doesNotThrowAnyException();
    }

    @Test
    void aBlobUnderAnotherNameIsFound() {
        finds(all -> all.put("blobs/sha256/" + Sha256.EMPTY, FaultyStore.utf8("other"), false))
                .hasMessageContaining("other bytes");
    }

    @Test
    void aManifestWithoutItsBlobIsFound() {
        Manifest manifest = manifest(10, null);
        finds(all -> all.put(key(manifest), manifest.encode(), true))
                .hasMessageContaining("demo/10 was committed without params.safetensors");
    }

    @Test
    void aManifestThatDoesNotFollowTheNewestIsFound() {
        commit(10, null);
        finds(all -> commit(20, null)).hasMessageContaining("demo/20 was committed after 10");
    }

    @Test
    void aChangedManifestIsFound() {
        Manifest manifest = commit(10, null);
        finds(all -> all.put(key(manifest), FaultyStore.utf8("{}"), false)).hasMessageContaining("was changed");
    }

    @Test
    void aDeletionWithoutAnIntentIsFound() {
        Manifest first = commit(10, null);
        commit(30, commit(20, first));
        finds(all -> all.delete(key(first))).hasMessageContaining("demo/10 was deleted without an intent");
    }

    @Test
    void aDeletionAgainstRetentionIsFound() {
        Manifest first = commit(10, null);
        commit(20, first);
        files.put("runs/demo/retired/10.json", FaultyStore.utf8("{}"), true);
        finds(all -> all.delete(key(first))).hasMessageContaining("demo/10 was deleted, and retention keeps");
    }

    @Test
    void aDeletedBlobThatIsNeededIsFound() {
        Manifest manifest = commit(10, null);
        finds(all -> all.delete(key(manifest.blobs().get(0)))).hasMessageContaining("which demo/10 names");
    }

    @Test
    void aBlobThatRotsIsFound() {
        Manifest manifest = commit(10, null);
        finds(all -> all.rot(key(manifest.blobs().get(0)), FaultyStore.utf8("rotten")))
                .hasMessageContaining("lacks whole blobs [params.safetensors]");
    }

    @Test
    void aManifestThatRotsIsFound() {
        Manifest manifest = commit(10, null);
        finds(all -> all.rot(key(manifest), FaultyStore.utf8("{}"))).hasMessageContaining("does not hold");
    }

    @Test
    void aNewestThatGoesBackIsFound() {
        Manifest first = commit(10, null);
        Manifest second = commit(20, first);
        auditor.audit();
        finds(all -> all.lose(key(second))).hasMessageContaining("demo went back from step 20 to [10]");
    }

    @Test
    void aCheckpointThatVanishesAgainstRetentionIsFound() {
        Manifest first = commit(10, null);
        commit(20, first);
        auditor.audit();
        finds(all -> all.lose(key(first))).hasMessageContaining("demo/10 vanished");
    }

    @Test
    void aRunThatATestSpoilsItselfIsLeftOut() {
        auditor.leaveOut("demo");
        Manifest manifest = manifest(10, null);
        files.put(key(manifest), manifest.encode(), true);
        auditor.audit();

        assertThatCode(auditor::requireClean).doesNotThrowAnyException();
    }

    private AbstractThrowableAssert<?, ?> finds(Consumer<StoredFiles> misdeed) {
        misdeed.accept(files);
        auditor.audit();
        return assertThatThrownBy(auditor::requireClean).isInstanceOf(AssertionError.class);
    }

    private Manifest commit(long step, @Nullable Manifest parent) {
        Manifest manifest = manifest(step, parent);
        files.put(key(manifest.blobs().get(0)), content(step), false);
        files.put(key(manifest), manifest.encode(), true);
        return manifest;
    }

    private static Manifest manifest(long step, @Nullable Manifest parent) {
        Progress progress = new Progress(
                step,
                step,
                new TreeMap<>(),
                new TreeMap<>(),
                Sha256.EMPTY,
                List.of(),
                List.of(0L, 0L),
                LossSums.ZERO,
                LossSums.ZERO);
        return Manifest.of(
                "demo",
                parent,
                1,
                progress,
                null,
                List.of(Blob.of(Blob.PARAMS, content(step))),
                NUMERIC,
                Instant.EPOCH);
    }

    private static byte[] content(long step) {
        return FaultyStore.utf8("parameters of step " + step);
    }

    private static String key(Manifest manifest) {
        return "runs/demo/checkpoints/%d.json".formatted(manifest.step());
    }

    private static String key(Blob blob) {
        return "blobs/sha256/" + blob.sha256();
    }
}
