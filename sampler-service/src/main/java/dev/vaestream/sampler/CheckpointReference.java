package dev.vaestream.sampler;

import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoint that a request asks for.
 *
 * @param run whose it is; absent for the served checkpoint's run
 * @param name {@code latest}, {@code best}, an alias, or a step in decimal digits
 */
record CheckpointReference(@Nullable String run, String name) {
    static final Set<String> PARAMETERS = Set.of("checkpoint", "run");

    static final String LATEST = "latest";
    static final String BEST = "best";

    private static final Pattern STEP = Pattern.compile("[0-9]{1,18}");

    /**
     * What the query names, else the served checkpoint.
     *
     * @throws InvalidQueryException where a name cannot be one
     */
    static CheckpointReference of(Query query) {
        return new CheckpointReference(
                query.name("run").orElse(null), query.name("checkpoint").orElse(LATEST));
    }

    boolean isLatest() {
        return name.equals(LATEST);
    }

    /** Empty for a name that is no step. */
    OptionalLong step() {
        return STEP.matcher(name).matches() ? OptionalLong.of(Long.parseLong(name)) : OptionalLong.empty();
    }
}
