package dev.vaestream.contracts;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A named part of an optimizer or of a schedule with its arguments. In JSON {@code {"adam": {"learningRate": 0.001}}};
 * where there is only one argument, {@code {"clip": 0.5}}.
 *
 * @param name Optax's, in camel case
 * @param arguments all that were given or have a default, as {@link ArgumentKind} reads them
 */
record Part(String name, SortedMap<String, Object> arguments) {
    Part {
        arguments = Collections.unmodifiableSortedMap(new TreeMap<>(arguments));
    }

    /** What JSON has for it. */
    Map<String, Object> json() {
        Object only = arguments.size() == 1 && arguments.containsKey(Signature.ONLY)
                ? arguments.get(Signature.ONLY)
                : arguments;
        return Map.of(name, only);
    }

    Optional<Object> find(String argument) {
        return Optional.ofNullable(arguments.get(argument));
    }

    <T> T get(String argument, Class<T> type) {
        @Nullable Object value = arguments.get(argument);
        if (value == null) {
            throw new IllegalArgumentException(
                    "'%s' has no argument '%s'; it has %s".formatted(name, argument, arguments.keySet()));
        }
        return type.cast(value);
    }

    /** {@code adamw(1.0E-4)}, by what comes first to mind. */
    @Override
    public String toString() {
        for (String first : List.of("learningRate", Signature.ONLY)) {
            if (arguments.containsKey(first)) {
                return name + "(" + arguments.get(first) + ")";
            }
        }
        return name;
    }
}
