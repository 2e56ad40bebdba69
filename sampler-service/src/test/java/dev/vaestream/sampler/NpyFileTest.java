package dev.vaestream.sampler;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class NpyFileTest {
    private static final int HEADER = 128;

    @Test
    void theHeaderIsWhatNumpySaves() throws IOException {
        String description = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2, 2, 3), }";

        assertThat(new String(npy(), 0, HEADER, ISO_8859_1))
                .isEqualTo(
                        "\u0093NUMPY\u0001\u0000v\u0000" + description + " ".repeat(117 - description.length()) + "\n");
    }

    @Test
    void theValuesFollowInRowMajorOrderAsTheyAre() throws IOException {
        byte[] file = npy();
        float[] values = new float[12];
        ByteBuffer.wrap(file, HEADER, file.length - HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);

        assertThat(file).hasSize(HEADER + 12 * Float.BYTES);
        assertThat(values).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    }

    private static byte[] npy() throws IOException {
        float[] values = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NpyFile.write(new Tiles(Fixtures.TINY_SHAPE, 1, 2, values), out);
        return out.toByteArray();
    }
}
