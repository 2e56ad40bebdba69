package dev.vaestream.local;

import dev.vaestream.contracts.TopicDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Holds a cluster's topics against what they must be. */
final class TopicExam {
    private static final String FOREVER = "-1";
    private static final String DELETE = "delete";

    private TopicExam() {}

    /**
     * A topic as a cluster has it.
     *
     * @param replicas of its least replicated partition
     * @param config by Kafka's names, defaults included
     */
    record Present(int partitions, int replicas, Map<String, String> config) {
        Present {
            config = Map.copyOf(config);
        }
    }

    /** @param present the cluster's topics by name */
    static List<Finding> examine(List<TopicDefinition> wanted, Map<String, Present> present, int brokers) {
        List<Finding> findings = new ArrayList<>();
        for (TopicDefinition topic : wanted) {
            findings.add(Optional.ofNullable(present.get(topic.name()))
                    .map(found -> examine(topic, found, brokers))
                    .orElseGet(() -> Finding.bad(
                            subject(topic.name()), "is not there", "make it with %s".formatted(asked(topic)))));
        }
        return findings;
    }

    /** The topic of a stream that runs are trained on: what it loses, no run can be restarted from. */
    static Finding stream(String name, Present found, int brokers) {
        Map<String, String> unlike = unlike(
                Map.of("cleanup.policy", DELETE, "retention.ms", FOREVER, "retention.bytes", FOREVER), found.config());
        return unlike.isEmpty()
                ? replicated(name, found, brokers)
                : Finding.bad(
                        subject(name),
                        "loses batches: %s".formatted(unlike),
                        "set cleanup.policy=delete, retention.ms=-1 and retention.bytes=-1 while a run needs it");
    }

    private static Finding examine(TopicDefinition topic, Present found, int brokers) {
        Map<String, String> unlike = unlike(topic.config(), found.config());
        if (found.partitions() != topic.partitions() || !unlike.isEmpty()) {
            return Finding.bad(
                    subject(topic.name()),
                    "has %d partitions%s".formatted(found.partitions(), unlike.isEmpty() ? "" : " and " + unlike),
                    "it must have %s".formatted(asked(topic)));
        }
        return replicated(topic.name(), found, brokers);
    }

    private static Finding replicated(String name, Present found, int brokers) {
        return found.replicas() < Math.min(brokers, 2)
                ? Finding.bad(
                        subject(name),
                        "has %d replica on %d brokers".formatted(found.replicas(), brokers),
                        "give it three and min.insync.replicas=2, or it is lost with one disk")
                : Finding.good(
                        subject(name), "%d partitions, %d replicas".formatted(found.partitions(), found.replicas()));
    }

    /** What differs, as it is found. */
    private static Map<String, String> unlike(Map<String, String> wanted, Map<String, String> found) {
        Map<String, String> unlike = new TreeMap<>();
        wanted.forEach((key, value) -> {
            String is = found.getOrDefault(key, "unset");
            if (!is.equals(value)) {
                unlike.put(key, is);
            }
        });
        return unlike;
    }

    private static String asked(TopicDefinition topic) {
        return "%d partitions and %s".formatted(topic.partitions(), new TreeMap<>(topic.config()));
    }

    private static String subject(String topic) {
        return "topic " + topic;
    }
}
