package dev.vaestream.contracts;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Parameters by their path, as {@code params.encoder.Dense_0.kernel}: {@code *} stands for one name or a part of one,
 * {@code **} for any number of names, none too.
 */
public final class PathPattern {
    private final Pattern regex;

    private PathPattern(Pattern regex) {
        this.regex = regex;
    }

    /** @throws IllegalArgumentException where the pattern has anything but names, dots and stars */
    public static PathPattern of(String pattern) {
        Checks.check(
                pattern.matches("[A-Za-z0-9_*]+(\\.[A-Za-z0-9_*]+)*"),
                "is '%s'; it must be names with dots between them, * for one and ** for any number",
                pattern);
        String regex = pattern.replace(".", "\\.")
                .replace("**\\.", "<any>")
                .replace("\\.**", "<below>")
                .replace("**", "<all>")
                .replace("*", "[^.]*")
                .replace("<all>", ".*")
                .replace("<any>", "(?:.*\\.)?")
                .replace("<below>", "(?:\\..*)?");
        return new PathPattern(Pattern.compile(regex));
    }

    /** Whether a path is meant by one of {@code patterns}. */
    public static Predicate<String> anyOf(List<String> patterns) {
        List<PathPattern> any = patterns.stream().map(PathPattern::of).toList();
        return path -> any.stream().anyMatch(pattern -> pattern.matches(path));
    }

    public boolean matches(String path) {
        return regex.matcher(path).matches();
    }
}
