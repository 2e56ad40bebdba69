package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.Png;
import dev.vaestream.contracts.Provenance;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ImageGridTest {
    @Test
    void eachClassIsARowOfTiles() throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png(samples())));

        assertThat(picture.getWidth()).isEqualTo(4 * 3);
        assertThat(picture.getHeight()).isEqualTo(2 * 2);
        assertThat(picture.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
        // Row 1, column 2, line 1, pixel 0 is value ((1·4 + 2)·2 + 1)·3 = 39.
        assertThat(picture.getRaster().getSample(2 * 3, 2 + 1, 0)).isEqualTo(39);
    }

    @Test
    void thePictureSaysWhereItComesFrom() throws IOException {
        Samples samples = samples();

        assertThat(Provenance.of(Png.read(png(samples)).text())).isEqualTo(samples.provenance());
    }

    @Test
    void theSameSamplesAreTheSameBytes() throws IOException {
        assertThat(png(samples())).isEqualTo(png(samples()));
    }

    private static byte[] png(Samples samples) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SampleFormat.PNG.write(samples, out);
        return out.toByteArray();
    }

    /** Pixel i is as grey as i. */
    private static Samples samples() {
        float[] values = new float[2 * 4 * 6];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 255f;
        }
        return new Samples(Fixtures.tinyCheckpoint("demo", 1), new SampleRequest(List.of(2, 0), 4, 5), values);
    }
}
