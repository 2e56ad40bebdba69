package dev.vaestream.sampler;

import dev.vaestream.contracts.RunIdentity;
import dev.vaestream.contracts.RunStatus;
import java.util.List;

/**
 * The runs in storage.
 *
 * @param unreadable those that this version cannot read: their names and why
 */
record Runs(List<RunStatus> readable, List<String> unreadable) {
    /** What {@code ./vaestream replay} calls them. */
    private static final String REPLAY = "replay-";

    static final Runs NONE = new Runs(List.of(), List.of());

    Runs {
        readable = List.copyOf(readable);
        unreadable = List.copyOf(unreadable);
    }

    /** Those that were not trained only to be compared with others, unless there are no others. */
    List<RunStatus> withoutReplays() {
        List<RunStatus> others = readable.stream().filter(run -> !isReplay(run)).toList();
        return others.isEmpty() ? readable : others;
    }

    private static boolean isReplay(RunStatus run) {
        RunIdentity identity = run.identity();
        return identity.spec().forkedFrom() != null && identity.run().startsWith(REPLAY);
    }
}
