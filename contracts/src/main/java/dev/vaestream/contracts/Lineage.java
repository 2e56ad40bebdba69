package dev.vaestream.contracts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a checkpoint was made of: the answer of the sampler's {@code GET /v1/lineage/{digest}}.
 *
 * @param generations the checkpoint itself, then the one that its run was forked from or initialized from, and so on as
 *     far as they are kept
 */
public record Lineage(List<Generation> generations) {
    public Lineage {
        generations = List.copyOf(generations);
        Checks.atLeast("number of generations", 1, generations.size());
    }

    /**
     * A checkpoint, and what its run has consumed up to it.
     *
     * @param spec which names the next generation, where there is one
     * @param parents the checkpoints before it, the nearest first, up to the first that is no longer kept
     */
    public record Generation(
            String run,
            long step,
            Sha256 manifestDigest,
            Sha256 paramsDigest,
            Instant committedAt,
            Sha256 specDigest,
            RunSpec spec,
            Input input,
            List<Parent> parents) {
        public Generation {
            Checks.name("run", run);
            Checks.atLeast("step", 0, step);
            parents = List.copyOf(parents);
        }
    }

    /**
     * An earlier checkpoint of the same run.
     *
     * @param manifestDigest absent where nothing says it any more
     */
    public record Parent(long step, @Nullable Sha256 manifestDigest, boolean kept) {
        public Parent {
            Checks.atLeast("step", 0, step);
        }
    }

    /**
     * The batches of a run up to a checkpoint.
     *
     * @param topicId Kafka's
     * @param clusterId Kafka's
     * @param batchSize images in a batch
     * @param firstSequence of its first batch
     * @param nextSequence of the first batch that is not among them
     * @param skipped sequences among them that were bad by their own bytes
     * @param digest chain of the SHA-256 of every record
     */
    public record Input(
            String topic,
            String topicId,
            String clusterId,
            int batchSize,
            long firstSequence,
            long nextSequence,
            List<Long> skipped,
            Sha256 digest,
            List<OffsetRange> partitions) {
        public Input {
            skipped = List.copyOf(skipped);
            partitions = List.copyOf(partitions);
        }

        /** What a run has consumed. Batch g of P partitions is in partition g mod P. */
        public static Input of(RunIdentity identity, Progress progress) {
            return new Input(
                    identity.topic(),
                    identity.topicId(),
                    identity.clusterId(),
                    identity.batchSize(),
                    identity.spec().firstSequence(),
                    progress.nextSequence(),
                    progress.skipped(),
                    progress.inputDigest(),
                    ranges(identity.spec().firstSequence(), progress));
        }

        private static List<OffsetRange> ranges(long firstSequence, Progress progress) {
            int partitions = progress.offsets().size();
            TreeMap<Integer, Long> from = new TreeMap<>();
            for (long g = firstSequence; g < firstSequence + partitions; g++) {
                from.put((int) (g % partitions), g / partitions);
            }
            List<OffsetRange> ranges = new ArrayList<>();
            progress.offsets()
                    .forEach((partition, to) ->
                            ranges.add(new OffsetRange(partition, from.getOrDefault(partition, 0L), to)));
            return ranges;
        }
    }

    /**
     * Records of a partition.
     *
     * @param from where the first batch is in a log without gaps, and never after it
     * @param to the first that is not among them
     */
    public record OffsetRange(int partition, long from, long to) {}
}
