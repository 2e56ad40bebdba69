package dev.vaestream.local;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which images to ask the sampler for; what is absent is left to the sampler, which also checks what is there.
 *
 * @param classes one row each; empty for every class
 * @param count images of each class
 */
record SampleQuery(
        List<Integer> classes,
        @Nullable Integer count,
        @Nullable Long seed) {
    SampleQuery {
        classes = List.copyOf(classes);
    }

    String text() {
        List<String> parts = new ArrayList<>();
        classes.forEach(label -> parts.add("class=" + label));
        if (count != null) {
            parts.add("count=" + count);
        }
        if (seed != null) {
            parts.add("seed=" + seed);
        }
        return String.join("&", parts);
    }
}
