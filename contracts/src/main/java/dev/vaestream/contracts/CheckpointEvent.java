package dev.vaestream.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A value on topic {@code checkpoints}: a hint that storage has changed. Storage is the truth.
 *
 * @param alias the one that points at the checkpoint now, where that is the change
 */
public record CheckpointEvent(
        String run, long step, Change change, @Nullable String alias, Sha256 manifestDigest, Instant at) {
    public CheckpointEvent {
        Checks.name("run", run);
        Checks.atLeast("step", 0, step);
        Checks.check(
                (change == Change.ALIAS_MOVED) == (alias != null),
                "change is %s; an alias-moved event names an alias, no other does",
                change);
        if (alias != null) {
            Checks.name("alias", alias);
        }
    }

    /** A checkpoint was committed or retired. */
    public CheckpointEvent(String run, long step, Change change, Sha256 manifestDigest, Instant at) {
        this(run, step, change, null, manifestDigest, at);
    }

    /** An alias was moved. */
    public static CheckpointEvent of(AliasMove move) {
        return new CheckpointEvent(
                move.run(), move.step(), Change.ALIAS_MOVED, move.alias(), move.manifestDigest(), move.at());
    }

    /** Its key on the topic: the newest event of each checkpoint and of each alias stays when the topic is compacted. */
    public String key() {
        return run + "/" + (alias == null ? step : "aliases/" + alias);
    }

    /** What has happened. */
    public enum Change {
        @JsonProperty("committed")
        COMMITTED,
        @JsonProperty("retired")
        RETIRED,
        @JsonProperty("alias-moved")
        ALIAS_MOVED
    }
}
