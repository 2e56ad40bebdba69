package dev.vaestream.sampler;

import dev.vaestream.contracts.Png;
import dev.vaestream.vae.Grey;
import java.io.IOException;
import java.io.OutputStream;
import java.util.SortedMap;

/**
 * A picture of images: 8-bit grey, values clamped to 0..1, tiles side by side. It says itself where it comes from; that of
 * samples as {@link dev.vaestream.contracts.Provenance} has it.
 */
final class ImageGrid {
    private ImageGrid() {}

    /**
     * Writes a PNG; the same images and text are the same bytes.
     *
     * @param text what the picture says of itself, by keyword
     */
    static void write(Tiles tiles, SortedMap<String, String> text, OutputStream out) throws IOException {
        int width = tiles.columns() * tiles.shape().width();
        int height = tiles.rows() * tiles.shape().height();
        byte[] picture = GreyPng.of(width, height, lines(tiles, width, height));
        out.write(Png.withText(picture, text));
    }

    /** Each line of pixels behind a byte that says it is not filtered. */
    private static byte[] lines(Tiles tiles, int width, int height) {
        byte[] lines = new byte[Math.multiplyExact(width + 1, height)];
        int tileWidth = tiles.shape().width();
        for (int y = 0; y < height; y++) {
            int row = y / tiles.shape().height();
            int line = y % tiles.shape().height();
            for (int column = 0; column < tiles.columns(); column++) {
                int from = tiles.offset(row, column, line);
                int to = y * (width + 1) + 1 + column * tileWidth;
                for (int x = 0; x < tileWidth; x++) {
                    lines[to + x] = Grey.of(tiles.values()[from + x]);
                }
            }
        }
        return lines;
    }
}
