package dev.vaestream.checkpoint;

import java.util.Arrays;
import java.util.Optional;

/**
 * Creates objects once and for ever, whatever the store answers. A refusal may be the answer to this very request, sent
 * twice by a client or a proxy in between; a failure may hide a success. Both are settled by reading back.
 */
final class CreateOnce {
    private static final int ATTEMPTS = 3;

    private final ObjectStorage storage;

    CreateOnce(ObjectStorage storage) {
        this.storage = storage;
    }

    /**
     * Creates the object unless its key is taken.
     *
     * @return empty where it holds {@code content} now; otherwise what it holds instead
     * @throws StorageUnavailableException where the store cannot say
     */
    Optional<byte[]> create(String key, byte[] content) {
        for (int attempt = 1; ; attempt++) {
            try {
                if (storage.createIfAbsent(key, content)) {
                    return Optional.empty();
                }
            } catch (StorageUnavailableException unclear) {
                if (attempt == ATTEMPTS) {
                    throw unclear;
                }
            }
            Optional<byte[]> held = storage.document(key);
            if (held.isPresent()) {
                return held.filter(other -> !Arrays.equals(other, content));
            }
            if (attempt == ATTEMPTS) {
                throw new StorageUnavailableException(
                        "%s says that %s is taken, and that it is absent".formatted(storage.address(), key));
            }
        }
    }
}
