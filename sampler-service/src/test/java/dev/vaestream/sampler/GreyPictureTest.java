package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.InvalidPictureException;
import dev.vaestream.contracts.Png;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GreyPictureTest {
    private static final int WIDTH = 7;
    private static final int HEIGHT = 5;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void everyFilterIsUndoneAsByAnotherReader(int filter) throws IOException {
        Png png = png(header(WIDTH, HEIGHT, 8, 0), lines(filter));
        BufferedImage expected = ImageIO.read(new ByteArrayInputStream(png.write()));

        GreyPicture picture = GreyPicture.of(png, 100);

        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                assertThat(Byte.toUnsignedInt(picture.at(x, y)))
                        .isEqualTo(expected.getRaster().getSample(x, y, 0));
            }
        }
    }

    @Test
    void aPictureOfAnotherWriterIsRead() throws IOException {
        BufferedImage image = new BufferedImage(4, 3, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(2, 1, 0, 201);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);

        GreyPicture picture = GreyPicture.of(Png.read(out.toByteArray()), 12);

        assertThat(picture.width()).isEqualTo(4);
        assertThat(picture.height()).isEqualTo(3);
        assertThat(picture.at(2, 1)).isEqualTo((byte) 201);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "-1, 1", "8, 5", "2147483647, 2147483647", "65536, 65536"})
    void moreThanTheLargestPictureOrNoneIsRefusedBeforeItTakesMemory(int width, int height) {
        Png png = png(header(width, height, 8, 0), lines(0));

        assertThatThrownBy(() -> GreyPicture.of(png, 35))
                .isInstanceOf(InvalidPictureException.class)
                .hasMessageEndingWith("it may have 35 pixels");
    }

    @ParameterizedTest
    @CsvSource({"16, 0", "1, 0", "8, 2", "8, 3", "8, 6"})
    void anotherKindOfPngIsRefused(int depth, int colour) {
        Png png = png(header(WIDTH, HEIGHT, depth, colour), lines(0));

        assertThatThrownBy(() -> GreyPicture.of(png, 35))
                .isInstanceOf(InvalidPictureException.class)
                .hasMessageStartingWith("The picture is not 8-bit grey");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 39, 41, 1_000_000})
    void linesThatAreTooFewOrTooManyAreRefused(int bytes) {
        Png png = png(header(WIDTH, HEIGHT, 8, 0), new byte[bytes]);

        assertThatThrownBy(() -> GreyPicture.of(png, 35))
                .isInstanceOf(InvalidPictureException.class)
                .hasMessage("The picture's pixels do not fill it exactly");
    }

    @Test
    void anUnknownFilterIsRefused() {
        Png png = png(header(WIDTH, HEIGHT, 8, 0), lines(5));

        assertThatThrownBy(() -> GreyPicture.of(png, 35))
                .isInstanceOf(InvalidPictureException.class)
                .hasMessage("The picture has a line with filter 5");
    }

    @Test
    void aBitFlippedInThePixelsIsRefusedOrAnotherPicture() {
        byte[] compressed = deflated(lines(4));
        for (int bit = 0; bit < 8 * compressed.length; bit++) {
            byte[] flipped = compressed.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Png png = new Png(List.of(
                    new Png.Chunk("IHDR", header(WIDTH, HEIGHT, 8, 0)),
                    new Png.Chunk("IDAT", ByteString.copyFrom(flipped)),
                    new Png.Chunk("IEND", ByteString.EMPTY)));
            try {
                assertThat(GreyPicture.of(png, 35).height()).isEqualTo(HEIGHT);
            } catch (InvalidPictureException e) {
                assertThat(e).hasMessageStartingWith("The picture");
            }
        }
    }

    @Test
    void whatAViewerMightShowInsteadIsRefused() {
        Png png = png(header(WIDTH, HEIGHT, 8, 0), lines(0));
        List<Png.Chunk> animated = new ArrayList<>(png.chunks());
        animated.add(1, new Png.Chunk("acTL", ByteString.copyFrom(new byte[8])));

        assertThatExceptionOfType(InvalidPictureException.class)
                .isThrownBy(() -> GreyPicture.of(new Png(animated), 35))
                .withMessageContaining("acTL");
    }

    @Test
    void bytesAfterThePixelsAreRefused() {
        ByteString pixels = ByteString.copyFrom(deflated(lines(0)));
        Png png = new Png(List.of(
                new Png.Chunk("IHDR", header(WIDTH, HEIGHT, 8, 0)),
                new Png.Chunk("IDAT", pixels.concat(ByteString.copyFrom(new byte[] {1, 2, 3}))),
                new Png.Chunk("IEND", ByteString.EMPTY)));

        assertThatExceptionOfType(InvalidPictureException.class).isThrownBy(() -> GreyPicture.of(png, 35));
    }

    private static Png png(ByteString header, byte[] lines) {
        ByteString pixels = ByteString.copyFrom(deflated(lines));
        int middle = pixels.size() / 2;
        return new Png(List.of(
                new Png.Chunk("IHDR", header),
                new Png.Chunk("IDAT", pixels.substring(0, middle)),
                new Png.Chunk("IDAT", pixels.substring(middle)),
                new Png.Chunk("IEND", ByteString.EMPTY)));
    }

    private static ByteString header(int width, int height, int depth, int colour) {
        ByteBuffer header = ByteBuffer.allocate(13);
        header.putInt(width).putInt(height).put((byte) depth).put((byte) colour).flip();
        return ByteString.copyFrom(header.limit(13));
    }

    private static byte[] lines(int filter) {
        byte[] lines = new byte[(WIDTH + 1) * HEIGHT];
        new Random(filter).nextBytes(lines);
        for (int y = 0; y < HEIGHT; y++) {
            lines[y * (WIDTH + 1)] = (byte) filter;
        }
        return lines;
    }

    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater();
        deflater.setInput(content);
        deflater.finish();
        byte[] compressed = new byte[content.length + 100];
        int size = deflater.deflate(compressed);
        deflater.end();
        return ByteString.copyFrom(compressed, 0, size).toByteArray();
    }
}
