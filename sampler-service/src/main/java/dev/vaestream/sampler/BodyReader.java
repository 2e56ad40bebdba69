package dev.vaestream.sampler;

import dev.vaestream.contracts.InvalidPictureException;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.io.InputStream;

/** Reads pictures that are sent, with a bound on their bytes. */
final class BodyReader {
    private BodyReader() {}

    /**
     * @throws RequestTooLargeException where it has more than {@code limit} bytes
     * @throws InvalidPictureException where its sender went away in the middle
     */
    static byte[] read(InputStream body, MemorySize limit) {
        int maxBytes = Math.toIntExact(limit.asLongValue());
        try {
            byte[] bytes = body.readNBytes(maxBytes);
            if (bytes.length == maxBytes && body.read() >= 0) {
                throw new RequestTooLargeException("The body has more than %d bytes".formatted(maxBytes));
            }
            return bytes;
        } catch (IOException e) {
            throw new InvalidPictureException("The body did not arrive whole: " + e.getMessage(), e);
        }
    }
}
