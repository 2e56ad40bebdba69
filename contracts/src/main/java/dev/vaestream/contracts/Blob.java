package dev.vaestream.contracts;

/** Bytes in object storage under their own digest, as a manifest names them. */
public record Blob(String name, long bytes, Sha256 sha256) {
    /** The blob with the model's parameters. */
    public static final String PARAMS = "params.safetensors";
    /** The blob with the optimizer's state. */
    public static final String OPTIMIZER = "optimizer.safetensors";

    private static final long MAX_BYTES = 1L << 31;

    public Blob {
        Checks.check(name.matches("[a-z0-9][a-z0-9.-]{0,62}"), "blob name is '%s'", name);
        Checks.between("bytes of blob " + name, 0, MAX_BYTES, bytes);
    }

    public static Blob of(String name, byte[] content) {
        return new Blob(name, content.length, Sha256.of(content));
    }
}
