package dev.vaestream.sampler;

import dev.vaestream.contracts.InvalidPictureException;
import dev.vaestream.contracts.Png;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The pixels of a PNG as this service writes them: 8-bit grey, not interlaced. */
final class GreyPicture {
    private static final int BIT_DEPTH = 8;
    private static final Set<String> CHUNKS = Set.of("IHDR", "tEXt", "IDAT", "IEND");

    private final int width;
    private final int height;
    private final byte[] pixels;

    private GreyPicture(int width, int height, byte[] pixels) {
        this.width = width;
        this.height = height;
        this.pixels = pixels;
    }

    /**
     * Takes memory for {@code maxPixels} at most, whatever the file says.
     *
     * @throws InvalidPictureException where it is another kind of PNG, larger, or damaged
     */
    static GreyPicture of(Png png, long maxPixels) {
        requireNothingElse(png);
        return ofAnyWriter(png, maxPixels);
    }

    /** The same, whatever else the file has for a viewer to act on. */
    static GreyPicture ofAnyWriter(Png png, long maxPixels) {
        ByteBuffer header = png.header();
        int width = header.getInt();
        int height = header.getInt();
        if (width < 1 || height < 1 || width * (long) height > maxPixels) {
            throw new InvalidPictureException("The picture is said to be %s wide and %s high; it may have %d pixels"
                    .formatted(Integer.toUnsignedString(width), Integer.toUnsignedString(height), maxPixels));
        }
        if (header.get() != BIT_DEPTH || header.getInt() != 0) {
            throw new InvalidPictureException(
                    "The picture is not 8-bit grey without interlacing, as the sampler writes it");
        }
        byte[] lines = inflated(png, Math.multiplyExact(width + 1, height));
        return new GreyPicture(width, height, unfiltered(lines, width, height));
    }

    /** Whatever else a viewer may act on would be shown, and not be compared. */
    private static void requireNothingElse(Png png) {
        for (Png.Chunk chunk : png.chunks()) {
            if (!CHUNKS.contains(chunk.type())) {
                throw new InvalidPictureException(
                        "The picture has a chunk %s, which the sampler does not write; send its own file"
                                .formatted(chunk.type()));
            }
        }
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    byte at(int x, int y) {
        return pixels[y * width + x];
    }

    private static byte[] inflated(Png png, int size) {
        // One byte more than there should be, which tells a stream that is too long from one that ends.
        byte[] lines = new byte[size + 1];
        int filled = 0;
        Inflater inflater = new Inflater();
        try {
            for (Png.Chunk chunk : png.chunks()) {
                if (chunk.type().equals("IDAT")) {
                    inflater.setInput(chunk.data().asReadOnlyByteBuffer());
                    filled += inflater.inflate(lines, filled, lines.length - filled);
                }
            }
            if (filled != size || !inflater.finished() || inflater.getRemaining() > 0) {
                throw new InvalidPictureException("The picture's pixels do not fill it exactly");
            }
        } catch (DataFormatException e) {
            throw new InvalidPictureException("The picture's pixels are damaged", e);
        } finally {
            inflater.end();
        }
        return lines;
    }

    /** @see <a href="https://www.w3.org/TR/png-3/#9Filters">the filters</a> */
    private static byte[] unfiltered(byte[] lines, int width, int height) {
        byte[] pixels = new byte[width * height];
        for (int y = 0; y < height; y++) {
            int filter = lines[y * (width + 1)];
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                int left = x == 0 ? 0 : Byte.toUnsignedInt(pixels[at - 1]);
                int up = y == 0 ? 0 : Byte.toUnsignedInt(pixels[at - width]);
                int upLeft = x == 0 || y == 0 ? 0 : Byte.toUnsignedInt(pixels[at - width - 1]);
                pixels[at] = (byte) (lines[at + y + 1] + predicted(filter, left, up, upLeft));
            }
        }
        return pixels;
    }

    private static int predicted(int filter, int left, int up, int upLeft) {
        return switch (filter) {
            case 0 -> 0;
            case 1 -> left;
            case 2 -> up;
            case 3 -> (left + up) / 2;
            case 4 -> paeth(left, up, upLeft);
            default -> throw new InvalidPictureException("The picture has a line with filter %d".formatted(filter));
        };
    }

    private static int paeth(int left, int up, int upLeft) {
        int toLeft = Math.abs(up - upLeft);
        int toUp = Math.abs(left - upLeft);
        int toUpLeft = Math.abs(left + up - 2 * upLeft);
        if (toLeft <= toUp && toLeft <= toUpLeft) {
            return left;
        }
        return toUp <= toUpLeft ? up : upLeft;
    }
}
