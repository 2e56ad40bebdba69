package dev.vaestream.ingest;

import dev.vaestream.contracts.CrashPoint;
import dev.vaestream.contracts.Dataset;
import dev.vaestream.contracts.DatasetException;
import dev.vaestream.contracts.StreamSpec;
import io.micrometer.core.instrument.Counter;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

/** Appends to a dataset's stream what its topic does not hold yet, in ascending sequence. */
final class StreamPublisher {
    private static final long MAX_BATCHES = 1000;

    private final Datasets datasets;
    private final Log log;
    private final StreamAppender appender;
    private final long windowBytes;
    private final Counter acknowledged;

    /** @param windowBytes of batches that are appended at once */
    StreamPublisher(Datasets datasets, Log log, StreamAppender appender, long windowBytes, Counter acknowledged) {
        this.datasets = datasets;
        this.log = log;
        this.appender = appender;
        this.windowBytes = windowBytes;
        this.acknowledged = acknowledged;
    }

    /**
     * Reads where the topic ends and publishes from there to the stream's end, however that moves meanwhile.
     *
     * @throws DatasetException where the dataset cannot be read or is not the one that the stream was begun with
     * @throws RefusedException where the topic does not hold the stream's beginning, or another ingest publishes it
     * @throws KafkaUnavailableException where Kafka refused a batch; call again, no batch is then missing or doubled
     */
    void publish(PublishedStream stream) throws InterruptedException {
        stream.writer().lockInterruptibly();
        try {
            log.createTopic(stream.topic(), stream.spec().partitions());
            appender.look(stream);
            if (!stream.complete()) {
                // Who cannot publish takes the stream from nobody, and reads no dataset while another publishes.
                appender.requireNoRival(stream);
                BatchAssembler assembler = new BatchAssembler(stream.spec(), load(stream.spec()));
                appender.claim(stream);
                publish(stream, assembler);
            }
        } finally {
            appender.release(stream);
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

    private void publish(PublishedStream stream, BatchAssembler assembler) {
        while (!stream.complete()) {
            List<Long> next = next(stream);
            CrashPoint.BATCH_SEND.around(() -> appender.append(
                    stream, () -> next.stream().map(assembler::batch).iterator()));
            next.forEach(stream::acknowledged);
            stream.problem(null);
            acknowledged.increment(next.size());
        }
    }

    /** What the topic lacks, as much as goes at once. */
    private List<Long> next(PublishedStream stream) {
        StreamSpec spec = stream.spec();
        StreamTail tail = stream.tail();
        long batchBytes = (long) spec.batchSize() * spec.shape().pixels();
        return LongStream.range(tail.published(), spec.batches())
                .filter(sequence -> !tail.holds(sequence))
                .limit(Math.max(1, Math.min(MAX_BATCHES, windowBytes / batchBytes)))
                .boxed()
                .toList();
    }
}
