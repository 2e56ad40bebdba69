package dev.vaestream.contracts;

import org.jspecify.annotations.Nullable;

/**
 * What a stream is made of, complete: what the topic of streams carries.
 *
 * @param stream its name
 * @param dataset the dataset it is published from; absent where batches come from outside
 * @param datasetDigest SHA-256 over the dataset's unpacked images, then labels; absent with the dataset
 * @param examples labelled images in the dataset; 0 without one
 * @param shape of every image
 * @param classes labels are 0 to classes - 1
 * @param batchSize images in a batch
 * @param epochs passes over the dataset; 0 without one
 * @param shuffle whether epoch e is in the order {@code permutation(fold_in(key(seed), e), examples)}
 * @param seed of that order
 * @param partitions of the topic; batch g is in partition g mod partitions
 */
public record StreamSpec(
        String stream,
        @Nullable String dataset,
        @Nullable Sha256 datasetDigest,
        int examples,
        ImageShape shape,
        int classes,
        int batchSize,
        int epochs,
        boolean shuffle,
        long seed,
        int partitions) {

    private static final int MAX_PARTITIONS = 64;
    private static final int MAX_EPOCHS = 1_000_000;

    public StreamSpec {
        Checks.name("stream", stream);
        if (dataset != null) {
            Checks.name("dataset", dataset);
            Checks.atLeast("epochs", 1, epochs);
            Checks.check(
                    examples >= batchSize, "batchSize is %d; the dataset has only %d examples", batchSize, examples);
        }
        Checks.check(
                (dataset == null) == (datasetDigest == null), "dataset and datasetDigest come together or not at all");
        Checks.check(
                dataset != null || (examples == 0 && epochs == 0),
                "examples is %d and epochs %d; without a dataset both must be 0",
                examples,
                epochs);
        Checks.atLeast("examples", 0, examples);
        Checks.between("classes", 1, 256, classes);
        Checks.between("batchSize", 1, Batch.MAX_SIZE, batchSize);
        Checks.between("epochs", 0, MAX_EPOCHS, epochs);
        Checks.between("seed", 0, 0xffffffffL, seed);
        Checks.between("partitions", 1, MAX_PARTITIONS, partitions);
    }

    /** Batches in an epoch; the examples left over are dropped. */
    public int epochBatches() {
        return examples / batchSize;
    }

    /** Batches in the whole stream; 0 where they come from outside. */
    public long batches() {
        return (long) epochs * epochBatches();
    }

    /** The same stream with more passes: its first batches do not change. */
    public StreamSpec withEpochs(int more) {
        return new StreamSpec(
                stream, dataset, datasetDigest, examples, shape, classes, batchSize, more, shuffle, seed, partitions);
    }
}
