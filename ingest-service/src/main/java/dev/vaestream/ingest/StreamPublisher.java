package dev.vaestream.ingest;

import dev.vaestream.contracts.CrashPoint;
import dev.vaestream.contracts.StreamSpec;
import io.micrometer.core.instrument.Counter;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** Appends to a dataset's stream what its topic does not hold yet, in ascending sequence. */
final class StreamPublisher {
    private final Datasets datasets;
    private final Log log;
    private final Outbox outbox;
    private final long windowBytes;
    private final Counter acknowledged;

    /** @param windowBytes of batches that are sent and not acknowledged */
    StreamPublisher(Datasets datasets, Log log, Outbox outbox, long windowBytes, Counter acknowledged) {
        this.datasets = datasets;
        this.log = log;
        this.outbox = outbox;
        this.windowBytes = windowBytes;
        this.acknowledged = acknowledged;
    }

    /**
     * Reads where the topic ends and publishes from there to the stream's end, however that moves meanwhile.
     *
     * @throws DatasetException where the dataset cannot be read or is not the one that the stream was begun with
     * @throws RefusedException where the topic does not hold the stream's beginning
     * @throws KafkaUnavailableException where Kafka refused a batch; call again, no batch is then missing or doubled
     */
    void publish(PublishedStream stream) throws InterruptedException {
        stream.writer().lockInterruptibly();
        try {
            StreamSpec spec = stream.spec();
            log.createTopic(stream.topic(), spec.partitions());
            stream.reset(StreamTail.of(spec, log.ends(stream.topic(), spec.partitions())));
            if (!stream.complete()) {
                publish(stream, load(spec));
            }
        } finally {
            stream.writer().unlock();
        }
    }

    private Dataset load(StreamSpec spec) {
        Dataset dataset = datasets.load(Objects.requireNonNull(spec.dataset(), "dataset is null"), spec.classes());
        if (!dataset.digest().equals(spec.datasetDigest())) {
            throw new DatasetException(
                    "Dataset '%s' has changed since stream '%s' was begun: its digest was %s and is %s"
                            .formatted(spec.dataset(), spec.stream(), spec.datasetDigest(), dataset.digest()));
        }
        return dataset;
    }

    private void publish(PublishedStream stream, Dataset dataset) throws InterruptedException {
        StreamSpec spec = stream.spec();
        BatchAssembler assembler = new BatchAssembler(spec, dataset);
        SendWindow window = SendWindow.ofBytes(
                windowBytes, (long) spec.batchSize() * spec.shape().pixels());
        try {
            boolean first = true;
            for (long next = stream.tail().published(); next < stream.spec().batches(); next++) {
                if (!stream.tail().holds(next)) {
                    long sequence = next;
                    byte[] batch = assembler.batch(sequence).encode();
                    window.send(() -> CrashPoint.BATCH_SEND.around(() -> send(stream, sequence, batch)));
                    if (first) {
                        // Most of what can go wrong does so here, while nothing behind this batch can overtake it.
                        window.requireAllAcknowledged();
                        first = false;
                    }
                }
            }
        } finally {
            window.settle();
        }
        window.requireAllAcknowledged();
    }

    private CompletionStage<Void> send(PublishedStream stream, long sequence, byte[] batch) {
        return outbox.batch(stream.spec(), sequence, batch).thenRun(() -> {
            stream.acknowledged(sequence);
            acknowledged.increment();
        });
    }
}
