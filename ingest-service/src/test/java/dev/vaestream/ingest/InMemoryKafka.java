package dev.vaestream.ingest;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.Batch;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.RunControl;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.StreamSpec;
import dev.vaestream.contracts.Topics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Kafka as the tests of one class need it: it can be away, refuse records, and keep its answers back. */
final class InMemoryKafka implements Log, Outbox, StreamWriters {
    private final Topics topics;
    private final Map<String, List<List<LogRecord>>> logs = new HashMap<>();
    private final Deque<CompletableFuture<Void>> answers = new ArrayDeque<>();
    private boolean down;
    private boolean silent;
    private int accepted = Integer.MAX_VALUE;
    private final Map<String, InMemoryWriter> writers = new HashMap<>();

    InMemoryKafka(Topics topics) {
        this.topics = topics;
        topics.definitions().forEach(topic -> createTopic(topic.name(), topic.partitions()));
    }

    /** Whether every question is answered with an error. */
    synchronized void down(boolean now) {
        down = now;
    }

    /** Takes so many records more and refuses all others, until told otherwise. */
    synchronized void accept(int records) {
        accepted = records;
    }

    /** Appends records and says nothing of it. */
    synchronized void beSilent() {
        silent = true;
    }

    /** Gives every answer that was kept back. */
    void speak() {
        List<CompletableFuture<Void>> held;
        synchronized (this) {
            silent = false;
            held = List.copyOf(answers);
            answers.clear();
        }
        held.forEach(answer -> answer.complete(null));
    }

    synchronized void deleteTopic(String topic) {
        logs.remove(topic);
    }

    @Override
    public synchronized Set<String> missing(Collection<String> wanted) {
        requireUp();
        return wanted.stream().filter(topic -> !logs.containsKey(topic)).collect(Collectors.toSet());
    }

    @Override
    public synchronized void createTopic(String topic, int partitions) {
        requireUp();
        List<List<LogRecord>> there = logs.computeIfAbsent(topic, made -> {
            List<List<LogRecord>> empty = new ArrayList<>();
            for (int i = 0; i < partitions; i++) {
                empty.add(new ArrayList<>());
            }
            return empty;
        });
        if (there.size() != partitions) {
            throw new RefusedException(
                    Refusal.TOPIC_TAKEN,
                    "Topic %s has %d partitions, not %d".formatted(topic, there.size(), partitions));
        }
    }

    @Override
    public synchronized List<PartitionEnd> ends(String topic, int partitions) {
        return log(topic).stream()
                .map(records ->
                        new PartitionEnd(0, records.size(), records.isEmpty() ? null : records.get(records.size() - 1)))
                .toList();
    }

    @Override
    public synchronized List<LogRecord> readAll(String topic) {
        return log(topic).stream().flatMap(List::stream).toList();
    }

    @Override
    public synchronized LogRecord batch(String topic, int partition, long sequence) {
        return log(topic).get(partition).stream()
                .filter(record -> record.number() == sequence)
                .findFirst()
                .orElseThrow(() -> new KafkaUnavailableException("Kafka gives no record " + sequence));
    }

    @Override
    public synchronized StreamWriter claim(PublishedStream stream) {
        requireUp();
        InMemoryWriter writer = new InMemoryWriter(stream);
        writers.put(stream.topic(), writer);
        return writer;
    }

    @Override
    public CompletionStage<Void> stream(StreamSpec stream) {
        return append(topics.streams(), 0, stream.stream(), Json.write(stream));
    }

    @Override
    public CompletionStage<Void> run(RunRequest run) {
        return append(topics.runs(), 0, run.run(), Json.write(run));
    }

    @Override
    public CompletionStage<Void> runControl(RunControl control) {
        return append(topics.runControls(), 0, control.run(), Json.write(control));
    }

    @Override
    public CompletionStage<Void> runEvent(RunEvent event) {
        return append(topics.runEvents(), 0, event.run(), Json.write(event));
    }

    synchronized CompletionStage<Void> append(String topic, int partition, String key, byte[] value) {
        if (accepted == 0 || !logs.containsKey(topic)) {
            return CompletableFuture.failedFuture(new IllegalStateException("no room for " + topic));
        }
        accepted--;
        List<LogRecord> records = logs.getOrDefault(topic, List.of()).get(partition);
        records.add(new LogRecord(partition, records.size(), key, ByteString.copyFrom(value)));
        CompletableFuture<Void> answer = new CompletableFuture<>();
        if (silent) {
            answers.add(answer);
        } else {
            answer.complete(null);
        }
        return answer;
    }

    /** Appends as many of the batches as Kafka takes all of, or none. */
    private synchronized long append(InMemoryWriter writer, PublishedStream stream, Iterable<Batch> batches) {
        if (writers.get(stream.topic()) != writer) {
            throw new RefusedException(Refusal.OTHER_WRITER, "Another writer has claimed " + stream.topic());
        }
        List<Batch> all = new ArrayList<>();
        batches.forEach(all::add);
        if (down || all.size() > accepted) {
            throw new KafkaUnavailableException("no room for " + stream.topic());
        }
        all.forEach(batch -> append(stream, batch));
        if (silent) {
            throw new KafkaUnavailableException("Kafka says nothing of " + stream.topic());
        }
        Batch last = all.get(all.size() - 1);
        return log(stream.topic()).get(partition(stream, last)).size() - 1L;
    }

    private void append(PublishedStream stream, Batch batch) {
        append(stream.topic(), partition(stream, batch), Long.toString(batch.sequence()), batch.encode());
    }

    private static int partition(PublishedStream stream, Batch batch) {
        return (int) (batch.sequence() % stream.spec().partitions());
    }

    private final class InMemoryWriter implements StreamWriter {
        private final PublishedStream stream;

        InMemoryWriter(PublishedStream stream) {
            this.stream = stream;
        }

        @Override
        public long append(Iterable<Batch> batches) {
            return InMemoryKafka.this.append(this, stream, batches);
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }

    private List<List<LogRecord>> log(String topic) {
        requireUp();
        List<List<LogRecord>> log = logs.get(topic);
        if (log == null) {
            throw new KafkaUnavailableException("Kafka has no topic " + topic);
        }
        return log;
    }

    private void requireUp() {
        if (down) {
            throw new KafkaUnavailableException("Kafka is away");
        }
    }
}
