package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.ForkedFrom;
import dev.vaestream.contracts.InitializeFrom;
import dev.vaestream.contracts.Lineage;
import dev.vaestream.contracts.Lineage.Generation;
import dev.vaestream.contracts.Lineage.OffsetRange;
import dev.vaestream.contracts.Lineage.Parent;
import dev.vaestream.contracts.LossSums;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.Progress;
import dev.vaestream.contracts.RunIdentity;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.Sha256;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LineageFinderTest {
    private static final RunIdentity DEMO = Fixtures.tinyRun("demo");

    private final FakeCheckpointService service = new FakeCheckpointService();
    private final LineageFinder finder = new LineageFinder(
            new CheckpointClient(new HttpCalls(Duration.ofSeconds(5), Duration.ofSeconds(10), 16), service.uri()));

    @AfterEach
    void tearDown() {
        service.close();
    }

    @Test
    void aManifestsDigestLeadsToItsCheckpoint() {
        Manifest manifest = commit(DEMO, 500, null);

        Generation generation = only(finder.of(manifest.digest(), Optional.empty()));

        assertThat(generation.run()).isEqualTo("demo");
        assertThat(generation.step()).isEqualTo(500);
        assertThat(generation.manifestDigest()).isEqualTo(manifest.digest());
        assertThat(generation.paramsDigest())
                .isEqualTo(manifest.blob(Blob.PARAMS).sha256());
        assertThat(generation.spec()).isEqualTo(DEMO.spec());
        assertThat(generation.specDigest()).isEqualTo(DEMO.specDigest());
    }

    @Test
    void theDigestOfOlderParametersLeadsToTheirCheckpoint() {
        Manifest older = commit(DEMO, 500, null);
        commit(DEMO, 1000, older);

        Lineage lineage = finder.of(older.blob(Blob.PARAMS).sha256(), Optional.empty());

        assertThat(only(lineage).step()).isEqualTo(500);
    }

    @Test
    void theDigestOfAnOlderManifestIsFoundWithoutReadingOthers() {
        Manifest older = commit(DEMO, 500, null);
        commit(DEMO, 1000, commit(DEMO, 700, older));

        finder.of(older.digest(), Optional.empty());

        assertThat(service.requests())
                .doesNotContain("/v1/runs/demo/checkpoints/700", "/v1/runs/demo/checkpoints/1000");
    }

    @Test
    void theOffsetsAreThoseThatTheRunHasConsumed() {
        Manifest manifest = commit(DEMO, 500, null);

        Lineage.Input input =
                only(finder.of(manifest.digest(), Optional.empty())).input();

        assertThat(input.topic()).isEqualTo("batches.mnist");
        assertThat(input.digest()).isEqualTo(manifest.progress().inputDigest());
        assertThat(input.partitions()).containsExactly(new OffsetRange(0, 0, 250), new OffsetRange(1, 0, 250));
    }

    @Test
    void theParentsEndWithTheFirstThatIsGone() {
        Manifest first = commit(DEMO, 300, null);
        Manifest second = commit(DEMO, 500, first);
        Manifest third = commit(DEMO, 700, second);
        Manifest fourth = commit(DEMO, 900, third);
        service.retire("demo", 500);

        assertThat(only(finder.of(fourth.digest(), Optional.empty())).parents())
                .containsExactly(new Parent(700, third.digest(), true), new Parent(500, null, false));
    }

    @Test
    void aParentThatIsGoneKeepsTheDigestThatItsChildSays() {
        Manifest first = commit(DEMO, 300, null);
        Manifest second = commit(DEMO, 500, first);
        service.retire("demo", 300);

        assertThat(only(finder.of(second.digest(), Optional.empty())).parents())
                .containsExactly(new Parent(300, first.digest(), false));
    }

    @Test
    void aForkIsFollowedByWhatItWasForkedFrom() {
        commit(DEMO, 500, null);
        Manifest fork = commit(begun("fork", null, new ForkedFrom("demo", 500)), 900, null);

        assertThat(finder.of(fork.digest(), Optional.empty()).generations())
                .extracting(Generation::run, Generation::step)
                .containsExactly(tuple("fork", 900L), tuple("demo", 500L));
    }

    @Test
    void aFineTunedRunIsFollowedByWhereItsParametersComeFrom() {
        commit(DEMO, 500, null);
        Manifest tuned = commit(begun("tuned", new InitializeFrom("demo", 500, List.of("**")), null), 100, null);

        assertThat(finder.of(tuned.digest(), Optional.empty()).generations())
                .extracting(Generation::run)
                .containsExactly("tuned", "demo");
    }

    @Test
    void anOriginThatIsGoneEndsTheLine() {
        Manifest fork = commit(begun("fork", null, new ForkedFrom("demo", 500)), 900, null);

        assertThat(finder.of(fork.digest(), Optional.empty()).generations()).hasSize(1);
    }

    @Test
    void onlyTheNamedRunIsLookedInto() {
        Manifest manifest = commit(DEMO, 500, null);
        commit(Fixtures.tinyRun("other"), 500, null);

        assertThatThrownBy(() -> finder.of(manifest.digest(), Optional.of("other")))
                .isInstanceOf(NoCheckpointException.class)
                .hasMessage(
                        "There is no checkpoint whose manifest or parameters have SHA-256 %s in run other; it may be deleted"
                                .formatted(manifest.digest()));
    }

    @Test
    void aDigestThatNothingHasIsNamed() {
        commit(DEMO, 500, null);

        assertThatThrownBy(() -> finder.of(Sha256.EMPTY, Optional.empty()))
                .isInstanceOf(NoCheckpointException.class)
                .hasMessageContaining(Sha256.EMPTY.hex());
    }

    @Test
    void aManifestThatIsDamagedHidesNoOther() {
        Manifest older = commit(DEMO, 500, null);
        commit(DEMO, 700, older);
        commit(DEMO, 900, older);
        service.answer("/v1/runs/demo/checkpoints/700", 500, new byte[0]);

        assertThat(only(finder.of(older.blob(Blob.PARAMS).sha256(), Optional.empty()))
                        .step())
                .isEqualTo(500);
    }

    private static Generation only(Lineage lineage) {
        assertThat(lineage.generations()).hasSize(1);
        return lineage.generations().get(0);
    }

    private Manifest commit(RunIdentity identity, long step, @Nullable Manifest parent) {
        byte[] params = Fixtures.tinyParams((float) step);
        Progress progress = new Progress(
                step,
                step,
                new TreeMap<>(Map.of(0, step / 2, 1, step / 2)),
                new TreeMap<>(),
                Sha256.of(new byte[] {(byte) step}),
                List.of(),
                List.of(0L, 1L),
                LossSums.ZERO,
                LossSums.ZERO);
        Manifest manifest = Manifest.of(
                identity.run(),
                parent,
                1,
                progress,
                null,
                List.of(Blob.of(Blob.PARAMS, params)),
                identity.numeric(),
                Fixtures.NOON.plus(Duration.ofSeconds(step)));
        service.commit(identity, manifest, params);
        return manifest;
    }

    /** A run that began with another's checkpoint. */
    private static RunIdentity begun(String run, @Nullable InitializeFrom from, @Nullable ForkedFrom fork) {
        RunSpec plain = DEMO.spec();
        RunSpec spec = new RunSpec(
                plain.stream(),
                plain.firstSequence(),
                plain.steps(),
                plain.model(),
                plain.klWeight(),
                plain.seed(),
                plain.prng(),
                plain.optimizer(),
                plain.checkpoints(),
                plain.logEvery(),
                from,
                fork,
                null,
                null);
        return new RunIdentity(
                run,
                spec,
                spec.digest(),
                DEMO.shape(),
                DEMO.batchSize(),
                DEMO.topic(),
                DEMO.topicId(),
                DEMO.clusterId(),
                DEMO.graphDigest(),
                DEMO.numeric());
    }
}
