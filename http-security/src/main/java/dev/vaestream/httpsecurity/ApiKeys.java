package dev.vaestream.httpsecurity;

import dev.vaestream.contracts.ApiKey;
import dev.vaestream.contracts.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The callers that have an API key. */
final class ApiKeys {
    private final List<Caller> callers;

    ApiKeys(List<Caller> callers) {
        this.callers = List.copyOf(callers);
    }

    /**
     * Reads a file with a caller a line; empty lines, and those that begin with {@code #}, are nothing.
     *
     * @throws IllegalArgumentException where a line is no caller, or there is none at all
     */
    static ApiKeys read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException("API keys file %s cannot be read".formatted(file), e);
        }
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank() && !line.startsWith("#")) {
                callers.add(caller(file, i + 1, line));
            }
        }
        if (callers.isEmpty()) {
            throw new IllegalArgumentException("API keys file %s names no caller".formatted(file));
        }
        return new ApiKeys(callers);
    }

    private static Caller caller(Path file, int number, String line) {
        try {
            return Caller.parse(line);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "API keys file %s, line %d: %s".formatted(file, number, e.getMessage()), e);
        }
    }

    boolean isEmpty() {
        return callers.isEmpty();
    }

    /** Takes the same time for every key. */
    Optional<Caller> find(ApiKey key) {
        byte[] shown = bytes(key.digest());
        Optional<Caller> found = Optional.empty();
        for (Caller caller : callers) {
            if (MessageDigest.isEqual(shown, bytes(caller.digest()))) {
                found = Optional.of(caller);
            }
        }
        return found;
    }

    private static byte[] bytes(Sha256 digest) {
        return digest.hex().getBytes(StandardCharsets.US_ASCII);
    }
}
