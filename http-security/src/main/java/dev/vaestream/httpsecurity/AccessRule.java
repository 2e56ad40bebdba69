package dev.vaestream.httpsecurity;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whom some requests are answered. */
public final class AccessRule {
    private static final String BELOW = "/**";

    private final Set<String> methods;
    private final Pattern path;
    private final Set<Role> roles;

    /**
     * @param methods as {@code GET}; empty for all
     * @param path in which {@code *} is one segment, and {@code **} at the end is everything below, or that alone
     * @param roles of which a caller has one; empty where nobody is asked
     */
    private AccessRule(Set<String> methods, String path, Role... roles) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path is '%s'; it must begin with /".formatted(path));
        }
        this.methods = methods;
        this.path = form(path);
        this.roles = Set.of(roles);
    }

    /** For {@code GET} and {@code HEAD}. */
    public static AccessRule reading(String path, Role... roles) {
        return new AccessRule(Set.of("GET", "HEAD"), path, roles);
    }

    /** For one method. */
    public static AccessRule of(String method, String path, Role... roles) {
        return new AccessRule(Set.of(method), path, roles);
    }

    /** For all methods. */
    public static AccessRule all(String path, Role... roles) {
        return new AccessRule(Set.of(), path, roles);
    }

    Set<Role> roles() {
        return roles;
    }

    boolean covers(String method, String requested) {
        return (methods.isEmpty() || methods.contains(method))
                && path.matcher(requested).matches();
    }

    private static Pattern form(String path) {
        boolean open = path.endsWith(BELOW);
        String above = open ? path.substring(0, path.length() - BELOW.length()) : path;
        return Pattern.compile(Arrays.stream(above.split("/", -1))
                        .map(segment -> segment.equals("*") ? "[^/]+" : Pattern.quote(segment))
                        .collect(Collectors.joining("/"))
                + (open ? "(/.*)?" : ""));
    }
}
