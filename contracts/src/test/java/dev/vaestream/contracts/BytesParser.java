package dev.vaestream.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * A parser of bytes from outside with its writer. Whatever the bytes are, it gives a value that can be written and read
 * again, or the one exception that it declares.
 */
record BytesParser<T>(
        Function<byte[], T> reader, Function<T, byte[]> writer, Class<? extends RuntimeException> refusal) {

    static final BytesParser<SortedMap<String, StoredArray>> SAFETENSORS =
            new BytesParser<>(Safetensors::read, Safetensors::write, CorruptArraysException.class);
    static final BytesParser<Batch> BATCH =
            new BytesParser<>(Batch::decode, Batch::encode, InvalidBatchException.class);
    static final BytesParser<Manifest> MANIFEST =
            new BytesParser<>(Manifest::decode, Manifest::encode, InvalidJsonException.class);
    static final BytesParser<Png> PNG = new BytesParser<>(Png::read, Png::write, InvalidPictureException.class);
    static final BytesParser<Provenance> PROVENANCE = new BytesParser<>(
            bytes -> Provenance.of(Png.read(bytes).text()), ProvenanceTest::png, InvalidPictureException.class);
    static final BytesParser<RunRequest> RUN_REQUEST = json(RunRequest.class);
    static final BytesParser<RunIdentity> RUN_IDENTITY = json(RunIdentity.class);

    /** Empty where it refuses the bytes; any other exception is its fault. */
    Optional<T> read(byte[] bytes) {
        try {
            return Optional.of(reader.apply(bytes));
        } catch (RuntimeException e) {
            if (refusal.isInstance(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Fails where the parser does not do what it owes. */
    void check(byte[] bytes) {
        read(bytes)
                .ifPresent(value -> assertThat(read(writer.apply(value)))
                        .as("written and read")
                        .contains(value));
    }

    private static <T> BytesParser<T> json(Class<T> type) {
        return new BytesParser<>(bytes -> Json.read(bytes, type), Json::write, InvalidJsonException.class);
    }
}
