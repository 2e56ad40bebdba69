package dev.vaestream.contracts;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

class PngTest {
    private static final Png.Chunk HEADER = new Png.Chunk("IHDR", ByteString.copyFrom(new byte[13]));
    private static final Png.Chunk END = new Png.Chunk("IEND", ByteString.EMPTY);

    @Test
    void aPictureOfAnyWriterIsReadAndWrittenAgain() throws IOException {
        byte[] picture = picture();

        assertThat(Png.read(picture).write()).isEqualTo(picture);
    }

    @Test
    void anyReaderFindsTheText() throws IOException {
        byte[] picture = Png.withText(picture(), new TreeMap<>(Map.of("Comment", "é")));
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(picture)));

        Element metadata = (Element) reader.getImageMetadata(0).getAsTree("javax_imageio_png_1.0");
        Node entry = metadata.getElementsByTagName("tEXtEntry").item(0);

        assertThat(entry.getAttributes().getNamedItem("keyword").getNodeValue()).isEqualTo("Comment");
        assertThat(entry.getAttributes().getNamedItem("value").getNodeValue()).isEqualTo("é");
    }

    @Test
    void textChangesNoPixel() throws IOException {
        byte[] picture = Png.withText(picture(), new TreeMap<>(Map.of("Comment", "pretty")));

        assertThat(ImageIO.read(new ByteArrayInputStream(picture)).getRaster().getSample(2, 1, 0))
                .isEqualTo(77);
    }

    @Test
    void textIsFoundByItsKeyword() throws IOException {
        byte[] picture = Png.withText(picture(), new TreeMap<>(Map.of("a", "", "b", "two words")));

        assertThat(Png.read(picture).text()).containsExactly(Map.entry("a", ""), Map.entry("b", "two words"));
    }

    @Test
    void theSameKeywordTwiceIsRefused() {
        Png twice = new Png(List.of(HEADER, text("a\0 1"), text("a\0 2"), END));

        assertThatThrownBy(twice::text)
                .isInstanceOf(InvalidPictureException.class)
                .hasMessage("The PNG has text 'a' twice");
    }

    @Test
    void textWithoutAKeywordIsRefused() {
        Png nameless = new Png(List.of(HEADER, text("no end"), END));

        assertThatThrownBy(nameless::text).isInstanceOf(InvalidPictureException.class);
    }

    @Test
    void whatBeginsOtherwiseIsNoPng() {
        assertThatThrownBy(() -> Png.read("GIF89a".getBytes(ISO_8859_1)))
                .isInstanceOf(InvalidPictureException.class)
                .hasMessage("The 6 bytes do not begin as a PNG does");
    }

    @Test
    void bytesBehindTheEndAreRefused() throws IOException {
        byte[] picture = picture();

        assertThatThrownBy(() -> Png.read(Arrays.copyOf(picture, picture.length + 1)))
                .isInstanceOf(InvalidPictureException.class);
    }

    @Test
    void aChunkThatIsSaidToBeLongerThanTheFileIsRefused() throws IOException {
        byte[] picture = picture();
        picture[8] = (byte) 0xff;

        assertThatThrownBy(() -> Png.read(picture))
                .isInstanceOf(InvalidPictureException.class)
                .hasMessageContaining("is said to have 4278190093 bytes");
    }

    @Test
    void aDamagedChunkIsNamedByItsPlace() throws IOException {
        byte[] picture = picture();
        picture[20] ^= 1;

        assertThatThrownBy(() -> Png.read(picture))
                .isInstanceOf(InvalidPictureException.class)
                .hasMessage("The chunk at byte 8 of the PNG is damaged");
    }

    private static Png.Chunk text(String content) {
        return new Png.Chunk("tEXt", ByteString.copyFrom(content, ISO_8859_1));
    }

    /** 4 x 3 grey pixels, (2, 1) among them 77. */
    private static byte[] picture() throws IOException {
        BufferedImage image = new BufferedImage(4, 3, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(2, 1, 0, 77);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }
}
