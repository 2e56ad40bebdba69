package dev.vaestream.sampler;

import dev.vaestream.contracts.InvalidPictureException;
import java.io.IOException;
import java.io.InputStream;

/** Reads what is sent, with a bound on its bytes. */
final class BodyReader {
    private BodyReader() {}

    /**
     * @throws RequestTooLargeException where it has more than {@code maxBytes}
     * @throws InvalidPictureException where its sender went away in the middle
     */
    static byte[] read(InputStream body, int maxBytes) {
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
