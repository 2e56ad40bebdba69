package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;

class AnimatedGifTest {
    @Test
    void eachColumnIsAFrameWithTheGreysOfItsTiles() throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(gif())));

        assertThat(reader.getNumImages(true)).isEqualTo(4);
        BufferedImage frame = reader.read(2);
        assertThat(frame.getWidth()).isEqualTo(3);
        assertThat(frame.getHeight()).isEqualTo(2 * 2);
        // Row 1, column 2, line 1, pixel 0 is value ((1·4 + 2)·2 + 1)·3 = 39, twice as grey.
        assertThat(frame.getRGB(0, 3) & 0xff).isEqualTo(78);
        assertThat(frame.getRGB(0, 3) >> 8 & 0xff).isEqualTo(78);
    }

    @Test
    void itLoopsForEver() throws IOException {
        assertThat(new String(gif(), StandardCharsets.ISO_8859_1))
                .contains("NETSCAPE2.0\u0003\u0001\u0000\u0000\u0000");
    }

    @Test
    void theSameTilesAreTheSameBytes() throws IOException {
        assertThat(gif()).isEqualTo(gif());
    }

    /** Pixel i is as grey as 2i. */
    private static byte[] gif() throws IOException {
        float[] values = new float[2 * 4 * 6];
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * i / 255f;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AnimatedGif.write(new Tiles(Fixtures.TINY_SHAPE, 2, 4, values), out);
        return out.toByteArray();
    }
}
