package dev.vaestream.contracts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What a caller shows a service: {@code vaestream_} and 64 hexadecimal digits of chance. Who checks it keeps its digest
 * alone; so many digits need no salt. Its text is in no message.
 */
public final class ApiKey {
    /** Tells a key from a token. */
    public static final String PREFIX = "vaestream_";

    private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9a-f]{64}");

    private final String text;

    /** @throws IllegalArgumentException where it has another form */
    public ApiKey(String text) {
        Checks.check(
                FORM.matcher(text).matches(),
                "an API key of %d characters has another form; it must be %s and 64 hexadecimal digits",
                text.length(),
                PREFIX);
        this.text = text;
    }

    /** The key that a file holds alone. */
    public static ApiKey read(Path file) {
        try {
            return new ApiKey(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("API key file %s cannot be read".formatted(file), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("API key file %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** What a service knows it by. */
    public Sha256 digest() {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The value of the header {@code Authorization}. */
    public String authorization() {
        return "Bearer " + text;
    }

    @Override
    public String toString() {
        return "ApiKey[" + digest().abbreviated() + "]";
    }
}
