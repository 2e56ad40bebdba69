package dev.vaestream.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which images to ask the sampler for; what is absent is left to the sampler, which also checks what is there.
 *
 * @param classes one row each; empty for every class
 * @param count images of each class
 * @param index of the one image
 * @param run whose checkpoint draws
 * @param checkpoint a step, {@code latest}, {@code best} or an alias
 */
record SampleQuery(
        List<Integer> classes,
        @Nullable Integer count,
        @Nullable Integer index,
        @Nullable Long seed,
        @Nullable String run,
        @Nullable String checkpoint) {
    SampleQuery {
        classes = List.copyOf(classes);
    }

    /** Of the served checkpoint. */
    SampleQuery(List<Integer> classes, @Nullable Integer count, @Nullable Long seed) {
        this(classes, count, null, seed, null, null);
    }

    String text() {
        List<String> parts = new ArrayList<>();
        classes.forEach(label -> parts.add("class=" + label));
        add(parts, "count", count);
        add(parts, "index", index);
        add(parts, "seed", seed);
        add(parts, "run", run);
        add(parts, "checkpoint", checkpoint);
        return String.join("&", parts);
    }

    private static void add(List<String> parts, String name, @Nullable Object value) {
        if (value != null) {
            parts.add(name + "=" + URLEncoder.encode(value.toString(), UTF_8));
        }
    }
}
