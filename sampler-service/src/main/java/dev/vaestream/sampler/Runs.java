package dev.vaestream.sampler;

import dev.vaestream.contracts.RunStatus;
import java.util.List;

/**
 * The runs in storage.
 *
 * @param unreadable those that this version cannot read: their names and why
 */
record Runs(List<RunStatus> readable, List<String> unreadable) {
    static final Runs NONE = new Runs(List.of(), List.of());

    Runs {
        readable = List.copyOf(readable);
        unreadable = List.copyOf(unreadable);
    }
}
