package dev.vaestream.sampler;

import dev.vaestream.contracts.Png;
import dev.vaestream.vae.Grey;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.SortedMap;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture of samples: one row a class, 8-bit grey, values clamped to 0..1, tiles side by side. It says itself where it
 * comes from, as {@link dev.vaestream.contracts.Provenance} has it.
 */
final class ImageGrid {
    private ImageGrid() {}

    /** Writes a PNG; the same samples are the same bytes. */
    static void write(Samples samples, OutputStream out) throws IOException {
        write(samples.tiles(), samples.provenance().text(), out);
    }

    /** @param text what the picture says of itself, by keyword */
    static void write(Tiles tiles, SortedMap<String, String> text, OutputStream out) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(png)) {
            if (!ImageIO.write(picture(tiles), "png", stream)) {
                throw new IllegalStateException("this Java has no PNG writer");
            }
        }
        out.write(Png.withText(png.toByteArray(), text));
    }

    private static BufferedImage picture(Tiles tiles) {
        int height = tiles.shape().height();
        int width = tiles.shape().width();
        int pictureWidth = tiles.columns() * width;
        BufferedImage picture = new BufferedImage(pictureWidth, tiles.rows() * height, BufferedImage.TYPE_BYTE_GRAY);
        byte[] pixels = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
        for (int row = 0; row < tiles.rows(); row++) {
            for (int column = 0; column < tiles.columns(); column++) {
                for (int line = 0; line < height; line++) {
                    int from = tiles.offset(row, column, line);
                    int to = (row * height + line) * pictureWidth + column * width;
                    for (int x = 0; x < width; x++) {
                        pixels[to + x] = Grey.of(tiles.values()[from + x]);
                    }
                }
            }
        }
        return picture;
    }
}
