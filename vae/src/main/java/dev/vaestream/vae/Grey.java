package dev.vaestream.vae;

/** Decoded values as 8-bit grey: clamped to 0..1, then 0 for black up to 255 for white, to the nearest. */
public final class Grey {
    private static final int WHITE = 255;

    private Grey() {}

    public static byte of(float value) {
        return (byte) Math.round(WHITE * Math.max(0f, Math.min(1f, value)));
    }

    /** {@code count} values from {@code offset} on. */
    public static byte[] of(float[] values, int offset, int count) {
        byte[] grey = new byte[count];
        for (int i = 0; i < count; i++) {
            grey[i] = of(values[offset + i]);
        }
        return grey;
    }
}
