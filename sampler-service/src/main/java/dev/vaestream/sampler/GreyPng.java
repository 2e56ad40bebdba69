package dev.vaestream.sampler;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.vaestream.contracts.Png;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.Deflater;

/** Writes the PNGs that {@link GreyPicture} reads: 8-bit grey, not interlaced, no line filtered. */
final class GreyPng {
    private static final int HEADER_BYTES = 13;
    private static final byte BIT_DEPTH = 8;

    /** To deflate a picture of so few bytes takes five times what decoding it does, to save less than a packet. */
    private static final int STORED_BYTES = 1024;

    /**
     * A deflater is 300 KB that take longer to set up than a small picture takes to deflate. Each keeps its level: what
     * follows a change of level depends on what came before it.
     */
    private static final ThreadLocal<Deflater> STORING =
            ThreadLocal.withInitial(() -> new Deflater(Deflater.NO_COMPRESSION));

    private static final ThreadLocal<Deflater> DEFLATING =
            ThreadLocal.withInitial(() -> new Deflater(Deflater.BEST_SPEED));

    private GreyPng() {}

    /** @param lines (height, 1 + width): before each line's pixels the filter's number, which is 0 */
    static byte[] of(int width, int height, byte[] lines) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        header.putInt(width).putInt(height).put(BIT_DEPTH);
        return new Png(List.of(
                        new Png.Chunk("IHDR", UnsafeByteOperations.unsafeWrap(header.array())),
                        new Png.Chunk("IDAT", deflated(lines)),
                        new Png.Chunk("IEND", ByteString.EMPTY)))
                .write();
    }

    private static ByteString deflated(byte[] lines) {
        Deflater deflater = lines.length <= STORED_BYTES ? STORING.get() : DEFLATING.get();
        deflater.reset();
        deflater.setInput(lines);
        deflater.finish();
        // zlib's own bound for what cannot be made smaller.
        byte[] deflated =
                new byte[lines.length + (lines.length >> 12) + (lines.length >> 14) + (lines.length >> 25) + 13];
        int size = deflater.deflate(deflated);
        if (!deflater.finished()) {
            throw new IllegalStateException(
                    "%d bytes do not fit in %d once deflated".formatted(lines.length, deflated.length));
        }
        return UnsafeByteOperations.unsafeWrap(deflated, 0, size);
    }
}
