package dev.vaestream.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * One bucket, and the few verbs that checkpoints need of it. A verb that returns has happened. One that throws
 * {@link StorageUnavailableException} may have happened or not.
 */
interface ObjectStorage {
    /** JSON objects have less; a longer one is read as cut off, and so as no JSON. */
    int MAX_DOCUMENT_BYTES = 1 << 20;

    /** The bucket and where it is, for people. */
    String address();

    /** Creates the bucket where it is absent. */
    void ensureBucket();

    /**
     * Creates an object unless its key is taken; of several at once, one wins.
     *
     * @return whether this call created it
     */
    boolean createIfAbsent(String key, byte[] content);

    /** Writes an object whole, over what the key may hold, and makes sure that the store holds these very bytes. */
    void put(String key, Spool content);

    /** Writes a JSON object whole, over what the key may hold. */
    default void put(String key, byte[] content) {
        try (Spool spool = Spool.of(new ByteArrayInputStream(content), content.length)) {
            put(key, spool);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads an object from its beginning; empty where there is none. The stream ends with the call. */
    <T> Optional<T> get(String key, Reading<T> reading);

    /** A JSON object's bytes; empty where there is none. */
    default Optional<byte[]> document(String key) {
        return get(key, content -> content.readNBytes(MAX_DOCUMENT_BYTES));
    }

    /** An object's size and age; empty where there is none. */
    Optional<ObjectStat> stat(String key);

    /** All objects whose key begins with {@code prefix}, in the order of keys. */
    List<StoredObject> list(String prefix);

    /** Deletes an object; one that is absent is deleted already. */
    void delete(String key);

    /** What to make of an object's bytes. */
    @FunctionalInterface
    interface Reading<T> {
        T read(InputStream content) throws IOException;
    }
}
