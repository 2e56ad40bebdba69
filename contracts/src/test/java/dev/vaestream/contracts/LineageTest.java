package dev.vaestream.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.Lineage.Input;
import dev.vaestream.contracts.Lineage.OffsetRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LineageTest {
    private static final NumericFingerprint NUMERIC =
            new NumericFingerprint("2.18.0", "cpu", "amd64", "avx2", false, 1);

    @Test
    void theOffsetsBeginWithTheFirstBatchOfEachPartition() {
        // Batch 4 of 3 partitions is the second of partition 1, batch 6 the third of partition 0.
        Input input = Input.of(identity(4), progress(Map.of(0, 5L, 1, 5L, 2, 4L)));

        assertThat(input.partitions())
                .containsExactly(new OffsetRange(0, 2, 5), new OffsetRange(1, 1, 5), new OffsetRange(2, 1, 4));
    }

    @Test
    void theInputIsWhatTheRunHasConsumed() {
        Input input = Input.of(identity(4), progress(Map.of(0, 9L)));

        assertThat(input.topic()).isEqualTo("batches.mnist");
        assertThat(input.firstSequence()).isEqualTo(4);
        assertThat(input.nextSequence()).isEqualTo(14);
        assertThat(input.skipped()).containsExactly(7L);
        assertThat(input.digest()).isEqualTo(Sha256.EMPTY);
    }

    static Lineage example() {
        RunIdentity identity = identity(0);
        return new Lineage(List.of(new Lineage.Generation(
                "a",
                10,
                Sha256.EMPTY,
                Sha256.EMPTY,
                Instant.EPOCH,
                identity.specDigest(),
                identity.spec(),
                Input.of(identity, progress(Map.of(0, 10L))),
                List.of(new Lineage.Parent(5, Sha256.EMPTY, true), new Lineage.Parent(3, null, false)))));
    }

    private static RunIdentity identity(long firstSequence) {
        RunSpec defaults = RunSpec.defaults("mnist", 40);
        RunSpec spec = new RunSpec(
                defaults.stream(),
                firstSequence,
                defaults.steps(),
                defaults.model(),
                defaults.klWeight(),
                defaults.seed(),
                defaults.prng(),
                defaults.optimizer(),
                defaults.checkpoints(),
                defaults.logEvery(),
                null,
                null,
                null,
                null);
        return new RunIdentity(
                "a",
                spec,
                spec.digest(),
                new ImageShape(28, 28),
                16,
                "batches.mnist",
                "topic",
                "cluster",
                Sha256.EMPTY,
                NUMERIC);
    }

    private static Progress progress(Map<Integer, Long> offsets) {
        return new Progress(
                10,
                14,
                new TreeMap<>(offsets),
                new TreeMap<>(),
                Sha256.EMPTY,
                List.of(7L),
                List.of(0L, 1L),
                LossSums.ZERO,
                LossSums.ZERO);
    }
}
