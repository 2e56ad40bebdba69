package dev.vaestream.local;

import dev.vaestream.contracts.TopicDefinition;
import dev.vaestream.contracts.Topics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** Makes the topics that must be there before a service starts. */
final class TopicMaker {
    private static final int TIMEOUT_MILLIS = 60_000;

    private TopicMaker() {}

    /** Makes those of {@code topics} that are missing; the others stay as they are. */
    static void make(String bootstrapServers, Topics topics) {
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS))) {
            Set<String> present = admin.listTopics().names().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            List<NewTopic> missing = topics.definitions().stream()
                    .filter(topic -> !present.contains(topic.name()))
                    .map(TopicMaker::newTopic)
                    .toList();
            admin.createTopics(missing).all().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new CommandFailedException("cannot make the topics: " + Reason.of(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new CommandFailedException("cannot make the topics: the broker does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while making the topics", e);
        }
    }

    private static NewTopic newTopic(TopicDefinition topic) {
        return new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(topic.config());
    }
}
