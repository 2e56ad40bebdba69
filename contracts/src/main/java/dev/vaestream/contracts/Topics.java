package dev.vaestream.contracts;

import dev.vaestream.contracts.TopicDefinition.Kept;
import java.util.List;

/** The names of all topics, each with {@code prefix} before it. */
public record Topics(String prefix) {
    private static final int RUN_PARTITIONS = 8;

    public Topics {
        Checks.check(prefix.matches("[a-zA-Z0-9._-]{0,100}"), "topic prefix is '%s'", prefix);
    }

    public String batches(String stream) {
        return prefix + "batches." + Checks.name("stream", stream);
    }

    public String streams() {
        return prefix + "streams";
    }

    public String runs() {
        return prefix + "runs";
    }

    public String runControls() {
        return prefix + "run-controls";
    }

    public String runEvents() {
        return prefix + "run-events";
    }

    public String metrics() {
        return prefix + "metrics";
    }

    public String checkpoints() {
        return prefix + "checkpoints";
    }

    public String deadLetters() {
        return prefix + "dead-letters";
    }

    /** The topics that must be there before a service starts; a stream's own is made with the stream. */
    public List<TopicDefinition> definitions() {
        return List.of(
                new TopicDefinition(streams(), 1, Kept.NEWEST),
                new TopicDefinition(runs(), RUN_PARTITIONS, Kept.ALL),
                new TopicDefinition(runControls(), 1, Kept.NEWEST),
                new TopicDefinition(runEvents(), 1, Kept.NEWEST),
                new TopicDefinition(metrics(), 1, Kept.ALL),
                new TopicDefinition(checkpoints(), 1, Kept.NEWEST),
                new TopicDefinition(deadLetters(), 1, Kept.FOR_A_WHILE));
    }
}
