package dev.vaestream.contracts;

/** An element type by its safetensors name. */
public enum DType {
    F32(4),
    I32(4),
    I64(8),
    U8(1);

    private final int bytes;

    DType(int bytes) {
        this.bytes = bytes;
    }

    public int bytes() {
        return bytes;
    }
}
