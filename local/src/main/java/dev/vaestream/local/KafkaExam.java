package dev.vaestream.local;

import dev.vaestream.contracts.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;

/** Looks at a Kafka cluster from outside: whether it answers, and has the topics as they must be. */
final class KafkaExam {
    private static final String SUBJECT = "kafka";
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Map<String, Object> settings;
    private final Topics topics;

    /** @param settings of a Kafka client, {@code bootstrap.servers} among them */
    KafkaExam(Map<String, Object> settings, Topics topics) {
        this.settings = new HashMap<>(settings);
        this.settings.put("default.api.timeout.ms", TIMEOUT_MILLIS);
        this.settings.put("request.timeout.ms", TIMEOUT_MILLIS / 2);
        this.topics = topics;
    }

    List<Finding> examine() {
        String address = String.valueOf(settings.get("bootstrap.servers"));
        try (Admin admin = Admin.create(settings)) {
            int brokers = admin.describeCluster()
                    .nodes()
                    .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                    .size();
            Map<String, TopicExam.Present> present = present(admin);
            List<Finding> findings = new ArrayList<>();
            findings.add(Finding.good(SUBJECT, "%d brokers at %s".formatted(brokers, address)));
            findings.addAll(TopicExam.examine(topics.definitions(), present, brokers));
            present.forEach((name, topic) -> {
                if (name.startsWith(topics.prefix() + "batches.")) {
                    findings.add(TopicExam.stream(name, topic, brokers));
                }
            });
            return findings;
        } catch (ExecutionException e) {
            return List.of(
                    Finding.bad(SUBJECT, Reason.of(e.getCause()), "address, TLS and password are in --kafka-config"));
        } catch (KafkaException e) {
            return List.of(Finding.bad(SUBJECT, Reason.of(e), "look at the address and at --kafka-config"));
        } catch (TimeoutException e) {
            return List.of(Finding.bad(
                    SUBJECT,
                    "does not answer at " + address,
                    "is it running, and are its advertised listeners reachable from here?"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while looking at Kafka", e);
        }
    }

    private static Map<String, TopicExam.Present> present(Admin admin)
            throws ExecutionException, InterruptedException, TimeoutException {
        Collection<String> names = admin.listTopics().names().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        Map<String, TopicDescription> described =
                admin.describeTopics(names).allTopicNames().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        Map<ConfigResource, Config> configs = admin.describeConfigs(names.stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList())
                .all()
                .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        Map<String, TopicExam.Present> present = new TreeMap<>();
        configs.forEach((resource, config) -> {
            TopicDescription topic = described.get(resource.name());
            if (topic != null) {
                present.put(resource.name(), present(topic, config));
            }
        });
        return present;
    }

    private static TopicExam.Present present(TopicDescription topic, Config config) {
        return new TopicExam.Present(
                topic.partitions().size(),
                topic.partitions().stream()
                        .mapToInt(partition -> partition.replicas().size())
                        .min()
                        .orElse(0),
                config.entries().stream()
                        .filter(entry -> entry.value() != null)
                        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value)));
    }
}
