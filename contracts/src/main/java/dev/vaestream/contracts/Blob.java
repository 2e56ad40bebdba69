package dev.vaestream.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in object storage under their own digest, as a manifest names them.
 *
 * @param arrays the SHA-256 of each array's bytes by the array's path, which says later what of it has changed; empty
 *     where the blob holds no arrays, or so many that a manifest would grow too large
 */
public record Blob(
        String name,
        long bytes,
        Sha256 sha256,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, Sha256> arrays) {
    /** The blob with the model's parameters. */
    public static final String PARAMS = "params.safetensors";
    /** The blob with the optimizer's state. */
    public static final String OPTIMIZER = "optimizer.safetensors";

    private static final long MAX_BYTES = 1L << 31;
    /** Adam's moments of the largest model take 28 KB; a manifest with them stays under 64 KiB. */
    private static final int MAX_DIGESTS_BYTES = 36 << 10;
    /** Hexadecimal digits and JSON's quotes, colon and comma. */
    private static final int DIGEST_BYTES = 70;

    public Blob {
        Checks.check(name.matches("[a-z0-9][a-z0-9.-]{0,62}"), "blob name is '%s'", name);
        Checks.between("bytes of blob " + name, 0, MAX_BYTES, bytes);
        arrays = Collections.unmodifiableSortedMap(new TreeMap<>(arrays));
    }

    @JsonCreator
    static Blob of(
            @JsonProperty(value = "name", required = true) String name,
            @JsonProperty(value = "bytes", required = true) long bytes,
            @JsonProperty(value = "sha256", required = true) Sha256 sha256,
            @JsonProperty("arrays") @Nullable SortedMap<String, Sha256> arrays) {
        return new Blob(name, bytes, sha256, arrays == null ? Collections.emptySortedMap() : arrays);
    }

    /** A blob of any bytes. */
    public static Blob of(String name, byte[] content) {
        return new Blob(name, content.length, Sha256.of(content), Collections.emptySortedMap());
    }

    /** The blob {@code content}, which {@link Safetensors} has written of {@code arrays}. */
    public static Blob of(String name, byte[] content, SortedMap<String, StoredArray> arrays) {
        SortedMap<String, Sha256> digests = new TreeMap<>();
        int bytes = 0;
        for (var entry : arrays.entrySet()) {
            bytes += entry.getKey().length() + DIGEST_BYTES;
            digests.put(entry.getKey(), entry.getValue().digest());
        }
        return new Blob(
                name,
                content.length,
                Sha256.of(content),
                bytes <= MAX_DIGESTS_BYTES ? digests : Collections.emptySortedMap());
    }

    /** Whether both name the same bytes, whatever they say about the arrays in them. */
    public boolean sameBytesAs(Blob other) {
        return name.equals(other.name) && bytes == other.bytes && sha256.equals(other.sha256);
    }
}
