package dev.vaestream.ingest;

import dev.vaestream.contracts.DatasetException;
import dev.vaestream.contracts.StreamRequest;
import dev.vaestream.contracts.StreamSpec;
import dev.vaestream.contracts.StreamStatus;
import dev.vaestream.contracts.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** The streams by name, as topic {@code streams} tells of them. */
final class Streams {
    private final Datasets datasets;
    private final Topics topics;
    private final Log log;
    private final Outbox outbox;
    private final Acknowledgement acknowledgement;
    private final Consumer<PublishedStream> publish;
    private final Map<String, PublishedStream> streams = new ConcurrentSkipListMap<>();

    /** @param publish begins to append what a dataset's stream lacks, and returns at once */
    Streams(
            Datasets datasets,
            Topics topics,
            Log log,
            Outbox outbox,
            Duration timeout,
            Consumer<PublishedStream> publish) {
        this.datasets = datasets;
        this.topics = topics;
        this.log = log;
        this.outbox = outbox;
        this.acknowledgement = new Acknowledgement(timeout);
        this.publish = publish;
    }

    /** @throws RefusedException where there is no such stream */
    PublishedStream find(String stream) {
        PublishedStream found = streams.get(stream);
        if (found == null) {
            throw new RefusedException(
                    Refusal.NO_STREAM, "Stream '%s' does not exist; make it with POST /v1/streams".formatted(stream));
        }
        return found;
    }

    /**
     * A stream that takes batches from outside.
     *
     * @throws RefusedException where there is none, or what its topic holds is not its beginning
     */
    PublishedStream findExternal(String stream) {
        PublishedStream found = find(stream);
        if (found.spec().dataset() != null) {
            throw new RefusedException(
                    Refusal.STREAM_HAS_DATASET,
                    "Stream '%s' is published from dataset '%s'; it takes no batches from outside"
                            .formatted(stream, found.spec().dataset()));
        }
        String problem = found.status().problem();
        if (problem != null) {
            throw new RefusedException(Refusal.STREAM_BROKEN, problem);
        }
        return found;
    }

    List<StreamStatus> all() {
        return streams.values().stream().map(PublishedStream::status).toList();
    }

    /**
     * Makes a stream, or lets one grow by more epochs. Its definition is written before its topic is made, so that a
     * kill between them leaves nothing that a restart does not complete.
     *
     * @return whether the stream is new
     * @throws RefusedException where another stream has the name, or the request does not hold
     * @throws DatasetException where the dataset cannot be read
     */
    synchronized boolean make(StreamRequest request) {
        StreamSpec wanted = plan(request);
        PublishedStream known = streams.get(wanted.stream());
        if (known == null) {
            begin(wanted);
            return true;
        }
        if (StreamPlan.grows(known.spec(), wanted)) {
            acknowledgement.await(outbox.stream(wanted).toCompletableFuture(), "the stream's definition");
            known.grow(wanted);
        }
        log.createTopic(known.topic(), wanted.partitions());
        publishIfFromDataset(known);
        return false;
    }

    /** Takes up a stream that was made before this process began. */
    void recover(StreamSpec spec) {
        PublishedStream stream = new PublishedStream(spec, topics.batches(spec.stream()), StreamTail.empty(spec));
        try {
            log.createTopic(stream.topic(), spec.partitions());
            stream.reset(StreamTail.of(spec, log.ends(stream.topic(), spec.partitions())));
        } catch (RefusedException e) {
            stream.problem(e.getMessage());
        }
        streams.put(spec.stream(), stream);
    }

    /** Goes on publishing every stream that is not complete. */
    void resume() {
        streams.values().stream().filter(stream -> !stream.complete()).forEach(this::publishIfFromDataset);
    }

    private StreamSpec plan(StreamRequest request) {
        return request.dataset() == null
                ? StreamPlan.of(request)
                : StreamPlan.of(request, datasets.load(request.dataset(), StreamPlan.classes(request)));
    }

    private void begin(StreamSpec spec) {
        String topic = topics.batches(spec.stream());
        requireUnused(topic);
        acknowledgement.await(outbox.stream(spec).toCompletableFuture(), "the stream's definition");
        PublishedStream stream = new PublishedStream(spec, topic, StreamTail.empty(spec));
        streams.put(spec.stream(), stream);
        log.createTopic(topic, spec.partitions());
        publishIfFromDataset(stream);
    }

    /** A topic that is there without its stream would be taken for the stream's first batches. */
    private void requireUnused(String topic) {
        if (log.missing(List.of(topic)).isEmpty()) {
            throw new RefusedException(
                    Refusal.TOPIC_TAKEN,
                    "Topic %s exists and belongs to no stream; delete it or choose another name".formatted(topic));
        }
    }

    private void publishIfFromDataset(PublishedStream stream) {
        if (stream.spec().dataset() != null) {
            publish.accept(stream);
        }
    }
}
