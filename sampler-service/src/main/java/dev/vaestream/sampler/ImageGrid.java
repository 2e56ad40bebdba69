package dev.vaestream.sampler;

import dev.vaestream.contracts.Png;
import dev.vaestream.vae.Grey;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(png)) {
            if (!ImageIO.write(picture(samples), "png", stream)) {
                throw new IllegalStateException("this Java has no PNG writer");
            }
        }
        out.write(Png.withText(png.toByteArray(), samples.provenance().text()));
    }

    private static BufferedImage picture(Samples samples) {
        int height = samples.shape().height();
        int width = samples.shape().width();
        int pictureWidth = samples.columns() * width;
        BufferedImage picture = new BufferedImage(pictureWidth, samples.rows() * height, BufferedImage.TYPE_BYTE_GRAY);
        byte[] pixels = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
        for (int row = 0; row < samples.rows(); row++) {
            for (int column = 0; column < samples.columns(); column++) {
                for (int line = 0; line < height; line++) {
                    int from = samples.offset(row, column, line);
                    int to = (row * height + line) * pictureWidth + column * width;
                    for (int x = 0; x < width; x++) {
                        pixels[to + x] = Grey.of(samples.values()[from + x]);
                    }
                }
            }
        }
        return picture;
    }
}
