package dev.vaestream.ingest;

import dev.vaestream.contracts.Batch;
import dev.vaestream.contracts.Dataset;
import dev.vaestream.contracts.StreamSpec;

/** Makes any batch of a dataset's stream from its sequence: a function of spec and dataset. For one thread. */
final class BatchAssembler {
    private final StreamSpec spec;
    private final Dataset dataset;
    private final EpochOrder order;

    BatchAssembler(StreamSpec spec, Dataset dataset) {
        this.spec = spec;
        this.dataset = dataset;
        this.order = new EpochOrder(spec);
    }

    Batch batch(long sequence) {
        int epoch = Math.toIntExact(sequence / spec.epochBatches());
        int index = (int) (sequence % spec.epochBatches());
        int[] examples = order.examples(epoch, index);
        return new Batch(
                sequence,
                epoch,
                index,
                spec.epochBatches(),
                spec.shape(),
                spec.classes(),
                dataset.images(examples),
                dataset.labels(examples));
    }
}
