package dev.vaestream.httpsecurity;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whom some requests are answered.
 *
 * @param methods as {@code GET}; empty for all
 * @param path in which {@code *} is one segment, and {@code **} at the end is everything below, or that alone
 * @param roles of which a caller has one; empty where nobody is asked
 */
public record AccessRule(Set<String> methods, String path, Set<Role> roles) {
    private static final List<String> READING = List.of("GET", "HEAD");

    public AccessRule {
        methods = Set.copyOf(methods);
        roles = Set.copyOf(roles);
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path is '%s'; it must begin with /".formatted(path));
        }
    }

    /** For {@code GET} and {@code HEAD}. */
    public static AccessRule reading(String path, Role... roles) {
        return new AccessRule(Set.copyOf(READING), path, Set.of(roles));
    }

    /** For one method. */
    public static AccessRule of(String method, String path, Role... roles) {
        return new AccessRule(Set.of(method), path, Set.of(roles));
    }

    /** For all methods. */
    public static AccessRule all(String path, Role... roles) {
        return new AccessRule(Set.of(), path, Set.of(roles));
    }

    boolean covers(String method, String path) {
        return (methods.isEmpty() || methods.contains(method))
                && form().matcher(path).matches();
    }

    private Pattern form() {
        String below = path.endsWith("/**") ? "(/.*)?" : "";
        String above = below.isEmpty() ? path : path.substring(0, path.length() - "/**".length());
        return Pattern.compile(Arrays.stream(above.split("/", -1))
                        .map(segment -> segment.equals("*") ? "[^/]+" : Pattern.quote(segment))
                        .collect(Collectors.joining("/"))
                + below);
    }
}
