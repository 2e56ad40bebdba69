package dev.vaestream.contracts;

import java.util.List;

/** Checks that more than one record makes; the message says what, which and value. */
final class Checks {
    private Checks() {}

    static String name(String what, String value) {
        check(
                Names.isName(value),
                "%s is '%s'; it must be 1 to 63 lower-case letters, digits and inner dashes",
                what,
                value);
        return value;
    }

    /** A {@link PathPattern}. */
    static void pattern(String what, String value) {
        try {
            PathPattern.of(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what + " " + e.getMessage(), e);
        }
    }

    static void atLeast(String what, long minimum, long value) {
        check(value >= minimum, "%s is %d; it must be at least %d", what, value, minimum);
    }

    static void between(String what, long minimum, long maximum, long value) {
        check(value >= minimum && value <= maximum, "%s is %d; it must be %d to %d", what, value, minimum, maximum);
    }

    static void positive(String what, double value) {
        check(value > 0 && Double.isFinite(value), "%s is %s; it must be positive and finite", what, value);
    }

    static void notNegative(String what, double value) {
        check(value >= 0 && Double.isFinite(value), "%s is %s; it must be finite and not negative", what, value);
    }

    static void decayRate(String what, double value) {
        check(value >= 0 && value < 1, "%s is %s; it must be at least 0 and less than 1", what, value);
    }

    /** Steps that are named, in their order. */
    static List<Long> steps(List<Long> steps) {
        steps.forEach(step -> atLeast("a step", 0, step));
        return steps.stream().distinct().sorted().toList();
    }

    static void check(boolean holds, String message, Object... arguments) {
        if (!holds) {
            throw new IllegalArgumentException(String.format(java.util.Locale.ROOT, message, arguments));
        }
    }
}
