package dev.vaestream.trainer;

import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.RunControl;
import dev.vaestream.contracts.Topics;
import dev.vaestream.contracts.WantedState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads topic {@code run-controls} whole and then for ever, on a thread of its own. Every trainer reads all of it, since
 * any run may become its own.
 */
final class RunControlsInKafka implements RunControls, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RunControlsInKafka.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MAX_POLL_RECORDS = 500;

    private final KafkaClients clients;
    private final String topic;
    private final Backoff backoff;
    private final StopSignal closed = new StopSignal();
    private final Queue<CompletableFuture<Void>> asked = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::follow, "run-controls");
    private volatile @Nullable Map<String, WantedState> wanted;

    RunControlsInKafka(KafkaClients clients, Topics topics, Backoff backoff) {
        this.clients = clients;
        this.topic = topics.runControls();
        this.backoff = backoff;
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void catchUp() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        asked.add(answer);
        try {
            answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new UnavailableException("topic %s is not read to its end within %d s; is Kafka there?"
                    .formatted(topic, PATIENCE.toSeconds()));
        } catch (ExecutionException e) {
            throw new UnavailableException(
                    "topic %s cannot be read: %s"
                            .formatted(
                                    topic,
                                    Objects.requireNonNullElse(e.getCause(), e).getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted before topic %s was read to its end".formatted(topic));
        } finally {
            answer.cancel(false);
        }
    }

    @Override
    public WantedState wanted(String run) {
        Map<String, WantedState> known = wanted;
        if (known == null) {
            throw new UnavailableException("topic " + topic + " has not been read yet");
        }
        return known.getOrDefault(run, WantedState.RUNNING);
    }

    @Override
    public void close() {
        closed.stop();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        for (int failures = 1; !closed.isStopped(); failures++) {
            try (Consumer<String, byte[]> consumer = clients.consumer(MAX_POLL_RECORDS)) {
                follow(consumer);
            } catch (KafkaException | UnavailableException e) {
                asked.forEach(answer -> answer.completeExceptionally(e));
                LOG.warnf("topic %s is read again from its beginning: %s", topic, e.getMessage());
                closed.pause(backoff.after(failures));
            }
        }
    }

    private void follow(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new UnavailableException("it does not exist");
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        // On the way from the beginning, what was wanted once would be taken for what is wanted now.
        Map<String, WantedState> read = new ConcurrentHashMap<>();
        while (!closed.isStopped()) {
            List<CompletableFuture<Void>> answered = List.copyOf(asked);
            readToEnd(consumer, partitions, read);
            wanted = read;
            answered.forEach(answer -> answer.complete(null));
            asked.removeIf(CompletableFuture::isDone);
            while (!closed.isStopped() && asked.isEmpty()) {
                consumer.poll(POLL).forEach(control -> take(control, read));
            }
        }
    }

    private void readToEnd(
            Consumer<String, byte[]> consumer, List<TopicPartition> partitions, Map<String, WantedState> read) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (!closed.isStopped()
                && ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(control -> take(control, read));
        }
    }

    private static void take(ConsumerRecord<String, byte[]> record, Map<String, WantedState> read) {
        if (record.value() == null) {
            read.remove(record.key());
            return;
        }
        try {
            RunControl control = Json.read(record.value(), RunControl.class);
            read.put(control.run(), control.wanted());
        } catch (InvalidJsonException e) {
            LOG.warnf(
                    "what is wanted of run '%s' at offset %d is not read: %s",
                    record.key(), record.offset(), e.getMessage());
        }
    }
}
