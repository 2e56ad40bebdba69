package dev.vaestream.sampler;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the last look at the checkpoint service found.
 *
 * @param trouble why it could not be looked at; absent where it could
 * @param unreadable runs that this version cannot read, and why
 * @param rejections newer checkpoints that must not be served
 */
record FollowerState(@Nullable String trouble, List<String> unreadable, List<Rejection> rejections) {
    static final FollowerState STARTING =
            new FollowerState("the checkpoint service has not been asked yet", List.of(), List.of());

    FollowerState {
        unreadable = List.copyOf(unreadable);
        rejections = List.copyOf(rejections);
    }

    /** Why there is no model, where there is none. */
    String reason() {
        if (trouble != null) {
            return trouble;
        }
        if (!rejections.isEmpty()) {
            return "checkpoint " + rejections.get(0);
        }
        return unreadable.stream().findFirst().orElse("none has been committed yet");
    }

    /** What is worth a line in the log when it changes. */
    Optional<String> problem() {
        return trouble == null ? unreadable.stream().findFirst() : Optional.of(trouble);
    }
}
