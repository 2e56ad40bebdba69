package dev.vaestream.sampler;

import dev.vaestream.contracts.Names;
import dev.vaestream.contracts.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A request's query parameters. Every accessor throws {@link InvalidQueryException} where the value is not accepted. */
record Query(Map<String, List<String>> parameters) {
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");
    private static final int SHOWN = 40;

    /** Refuses every name that is not {@code known}. */
    static Query of(Map<String, List<String>> parameters, Set<String> known) {
        for (String name : parameters.keySet()) {
            if (!known.contains(name)) {
                throw new InvalidQueryException("There is no parameter %s; there are %s"
                        .formatted(quoted(name), String.join(", ", new TreeSet<>(known))));
            }
        }
        return new Query(parameters);
    }

    List<String> all(String name) {
        return parameters.getOrDefault(name, List.of());
    }

    Optional<String> one(String name) {
        List<String> values = all(name);
        if (values.size() > 1) {
            throw new InvalidQueryException("%s is given %d times; give it once".formatted(name, values.size()));
        }
        return values.stream().findFirst();
    }

    /** The name of a run or a checkpoint, which may stand in a path. */
    Optional<String> name(String name) {
        return one(name).map(value -> name(name, value));
    }

    /** {@code value}, which may stand in a path. */
    static String name(String name, String value) {
        if (!Names.isName(value)) {
            throw new InvalidQueryException("%s is %s; it must be 1 to 63 lower-case letters, digits and inner dashes"
                    .formatted(name, quoted(value)));
        }
        return value;
    }

    long whole(String name, long minimum, long maximum, long otherwise) {
        return one(name).map(value -> whole(name, value, minimum, maximum)).orElse(otherwise);
    }

    /** {@code value} as a number from {@code minimum} to {@code maximum}, written in decimal digits only. */
    static long whole(String name, String value, long minimum, long maximum) {
        if (WHOLE.matcher(value).matches()) {
            long number = Long.parseLong(value);
            if (number >= minimum && number <= maximum) {
                return number;
            }
        }
        throw new InvalidQueryException(
                "%s is %s; it must be a whole number from %d to %d".formatted(name, quoted(value), minimum, maximum));
    }

    Optional<Sha256> digest(String name) {
        return one(name).map(value -> digest(name, value));
    }

    static Sha256 digest(String name, String value) {
        try {
            return new Sha256(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidQueryException(
                    "%s is %s; it must be 64 lower-case hexadecimal digits".formatted(name, quoted(value)));
        }
    }

    /** {@code text} as a message may show it, whatever was sent. */
    static String quoted(String text) {
        return text.length() <= SHOWN ? "'" + text + "'" : "'" + text.substring(0, SHOWN) + "…'";
    }
}
