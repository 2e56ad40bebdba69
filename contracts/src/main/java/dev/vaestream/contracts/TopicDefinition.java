package dev.vaestream.contracts;

import java.util.Map;

/** A topic as it must be made. */
public record TopicDefinition(String name, int partitions, Kept kept) {
    /** The topic's configuration, by Kafka's names. */
    public Map<String, String> config() {
        return switch (kept) {
            case NEWEST -> Map.of("cleanup.policy", "compact");
            case ALL -> Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1");
            case FOR_A_WHILE -> Map.of("cleanup.policy", "delete");
        };
    }

    /** How long a topic keeps a record. */
    public enum Kept {
        /** The newest record of a key, for ever. */
        NEWEST,
        /** Every record, for ever. */
        ALL,
        /** As long as the broker keeps what nobody said anything about. */
        FOR_A_WHILE
    }
}
