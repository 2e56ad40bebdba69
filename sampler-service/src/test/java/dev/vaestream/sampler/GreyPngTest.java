package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.Png;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GreyPngTest {
    private final Random random = new Random(5);

    @Test
    void aPictureOfAnySizeIsReadAgain() {
        for (int round = 0; round < 50; round++) {
            int width = 1 + random.nextInt(300);
            int height = 1 + random.nextInt(300);
            byte[] lines = lines(width, height);

            GreyPicture picture = GreyPicture.of(Png.read(GreyPng.of(width, height, lines)), 1 << 20);

            assertThat(picture.at(width - 1, height - 1)).isEqualTo(lines[lines.length - 1]);
        }
    }

    @Test
    void whateverWasWrittenBeforeTheSamePictureIsTheSameBytes() {
        byte[] large = lines(200, 100);
        byte[] small = lines(28, 28);
        byte[] largeFile = GreyPng.of(200, 100, large);
        byte[] smallFile = GreyPng.of(28, 28, small);
        for (int round = 0; round < 50; round++) {
            if (random.nextBoolean()) {
                assertThat(GreyPng.of(200, 100, large)).isEqualTo(largeFile);
            } else {
                assertThat(GreyPng.of(28, 28, small)).isEqualTo(smallFile);
            }
        }
    }

    private byte[] lines(int width, int height) {
        byte[] lines = new byte[(width + 1) * height];
        for (int y = 0; y < height; y++) {
            for (int x = 1; x <= width; x++) {
                lines[y * (width + 1) + x] = (byte) random.nextInt(30);
            }
        }
        return lines;
    }
}
