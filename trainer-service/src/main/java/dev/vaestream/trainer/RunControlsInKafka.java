package dev.vaestream.trainer;

import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.RunControl;
import dev.vaestream.contracts.Topics;
import dev.vaestream.contracts.WantedState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Reads topic {@code run-controls} whole and then for ever, on a thread of its own. Every trainer reads all of it, since
 * any run may become its own.
 */
final class RunControlsInKafka implements RunControls, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RunControlsInKafka.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int MAX_POLL_RECORDS = 500;

    private final KafkaClients clients;
    private final String topic;
    private final Backoff backoff;
    private final StopSignal closed = new StopSignal();
    private volatile Map<String, WantedState> wanted = Map.of();
    private final Thread thread = new Thread(this::follow, "run-controls");
    private volatile String trouble;

    RunControlsInKafka(KafkaClients clients, Topics topics, Backoff backoff) {
        this.clients = clients;
        this.topic = topics.runControls();
        this.backoff = backoff;
        this.trouble = "topic " + topic + " has not been read yet";
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public WantedState wanted(String run) {
        if (!trouble.isEmpty()) {
            throw new UnavailableException(trouble);
        }
        return wanted.getOrDefault(run, WantedState.RUNNING);
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
            throw new UnavailableException("topic " + topic + " does not exist");
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        // On the way from the beginning, what was wanted once would be taken for what is wanted now.
        Map<String, WantedState> read = new ConcurrentHashMap<>();
        while (!closed.isStopped()) {
            consumer.poll(POLL).forEach(control -> take(control, read));
            if (wanted != read
                    && ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                wanted = read;
                trouble = "";
            }
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
