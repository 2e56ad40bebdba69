package dev.vaestream.local;

import dev.vaestream.contracts.Progress;
import dev.vaestream.contracts.RunIdentity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** What Kafka still has of the stream that a run was trained on. */
final class KeptRecords {
    private static final int TIMEOUT_MILLIS = 30_000;

    private KeptRecords() {}

    /**
     * Checks that a run can be trained again from a checkpoint on.
     *
     * @throws CommandFailedException where the topic is gone or another one, or records that come next are gone
     */
    static void require(String bootstrapServers, RunIdentity run, Progress from) {
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                TIMEOUT_MILLIS))) {
            requireSameTopic(run, describe(admin, run.topic()));
            Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
            from.offsets()
                    .keySet()
                    .forEach(partition ->
                            earliest.put(new TopicPartition(run.topic(), partition), OffsetSpec.earliest()));
            Map<Integer, Long> begins = new TreeMap<>();
            admin.listOffsets(earliest)
                    .all()
                    .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                    .forEach((partition, info) -> begins.put(partition.partition(), info.offset()));
            missing(run.topic(), from, begins).ifPresent(reason -> {
                throw new CommandFailedException(reason);
            });
        } catch (ExecutionException e) {
            throw new CommandFailedException(
                    "cannot look at topic %s: %s".formatted(run.topic(), Reason.of(e.getCause())), e);
        } catch (TimeoutException e) {
            throw new CommandFailedException(
                    "cannot look at topic %s: the broker does not answer".formatted(run.topic()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while looking at topic " + run.topic(), e);
        }
    }

    /**
     * What is gone of the records that come after a checkpoint.
     *
     * @param begins first offset of each partition of the topic
     */
    static Optional<String> missing(String topic, Progress from, Map<Integer, Long> begins) {
        return from.offsets().entrySet().stream()
                .filter(next -> begins.getOrDefault(next.getKey(), 0L) > next.getValue())
                .findFirst()
                .map(next ->
                        "the records after step %d are gone: partition %d of topic %s begins at offset %d, and %d comes next; choose a later --from"
                                .formatted(
                                        from.step(), next.getKey(), topic, begins.get(next.getKey()), next.getValue()));
    }

    private static @Nullable TopicDescription describe(Admin admin, String topic)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            return admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                    .get(topic);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return null;
            }
            throw e;
        }
    }

    private static void requireSameTopic(RunIdentity run, @Nullable TopicDescription topic) {
        if (topic == null) {
            throw new CommandFailedException(
                    "the records of run %s are gone: there is no topic %s any more".formatted(run.run(), run.topic()));
        }
        String id = topic.topicId().toString();
        if (!id.equals(run.topicId())) {
            throw new CommandFailedException(
                    "the records of run %s are gone: topic %s was made anew (it had id %s, now %s)"
                            .formatted(run.run(), run.topic(), run.topicId(), id));
        }
    }
}
