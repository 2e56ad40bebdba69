package dev.vaestream.httpsecurity;

import dev.vaestream.contracts.Sha256;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whom an API key belongs to.
 *
 * @param digest of the key
 */
record Caller(String name, Set<Role> roles, Sha256 digest) {
    private static final int FIELDS = 3;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    Caller {
        roles = Set.copyOf(roles);
    }

    /** @param line name, roles with commas between, digest */
    static Caller parse(String line) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException(
                    "it has %d words; it must be a name, roles with commas between and the key's SHA-256"
                            .formatted(fields.length));
        }
        Set<Role> roles = Arrays.stream(fields[1].split(",", -1)).map(Role::of).collect(Collectors.toSet());
        return new Caller(fields[0], roles, digest(fields[2]));
    }

    /** What stands there by mistake may be the key. */
    private static Sha256 digest(String text) {
        if (!DIGEST.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "its last word, of %d characters, is no SHA-256; it must be 64 lower-case hexadecimal digits"
                            .formatted(text.length()));
        }
        return new Sha256(text);
    }
}
