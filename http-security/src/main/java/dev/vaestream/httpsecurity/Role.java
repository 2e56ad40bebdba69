package dev.vaestream.httpsecurity;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a caller is. Its name in files and tokens is the constant's in lower case. */
public enum Role {
    /** Puts datasets and batches into streams. */
    INGEST,
    /** Starts and steers runs, moves aliases, deletes checkpoints, reads everything. */
    OPERATOR,
    /** Asks a sampler for pictures. */
    SAMPLER,
    /** The trainer service, which alone commits checkpoints. */
    TRAINER,
    /** The sampler service, which reads checkpoints and pins them. */
    READER,
    /** Reads metrics. */
    METRICS;

    /** Its name where it is written down. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Role of(String title) {
        return Arrays.stream(values())
                .filter(role -> role.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("role is '%s'; it must be one of %s"
                        .formatted(
                                title, Arrays.stream(values()).map(Role::title).collect(Collectors.joining(", ")))));
    }
}
