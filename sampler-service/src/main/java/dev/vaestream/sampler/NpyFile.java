package dev.vaestream.sampler;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * NumPy's file format, version 1.0: float32, little-endian, C order, shape (rows, columns, height, width).
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the format</a>
 */
final class NpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int ALIGNMENT = 64;

    private NpyFile() {}

    static void write(Tiles tiles, OutputStream out) throws IOException {
        out.write(header(tiles));
        int image = tiles.shape().pixels();
        ByteBuffer bytes = ByteBuffer.allocate(image * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int first = 0; first < tiles.values().length; first += image) {
            bytes.clear().asFloatBuffer().put(tiles.values(), first, image);
            out.write(bytes.array());
        }
    }

    private static byte[] header(Tiles tiles) {
        String description = "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d, %d, %d), }"
                .formatted(
                        tiles.rows(),
                        tiles.columns(),
                        tiles.shape().height(),
                        tiles.shape().width());
        int unpadded = MAGIC.length + Short.BYTES + description.length() + 1;
        int padding = (ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT;
        String line = description + " ".repeat(padding) + "\n";
        return ByteBuffer.allocate(unpadded + padding)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putShort((short) line.length())
                .put(line.getBytes(StandardCharsets.US_ASCII))
                .array();
    }
}
