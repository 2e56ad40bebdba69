package dev.vaestream.contracts;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A PNG file as its chunks, and the text in it. The reader takes no more memory than the bytes have, and refuses what is
 * cut, damaged or left over; what a chunk holds is for others to understand.
 *
 * @param chunks from {@code IHDR} to {@code IEND}
 * @see <a href="https://www.w3.org/TR/png-3/#5DataRep">the format</a>
 */
public record Png(List<Chunk> chunks) {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final String HEADER = "IHDR";
    private static final String END = "IEND";
    private static final String TEXT = "tEXt";
    private static final int HEADER_BYTES = 13;
    /** Length, type and checksum. */
    private static final int FRAME_BYTES = 3 * Integer.BYTES;

    private static final int MAX_CHUNKS = 1024;
    private static final int MAX_KEYWORD = 79;

    public Png {
        chunks = List.copyOf(chunks);
        Checks.between("number of chunks", 2, MAX_CHUNKS, chunks.size());
        Chunk first = chunks.get(0);
        Checks.check(first.type.equals(HEADER) && first.data.size() == HEADER_BYTES, "a PNG begins with %s", HEADER);
        for (int i = 0; i < chunks.size(); i++) {
            Checks.check(
                    chunks.get(i).type.equals(END) == (i == chunks.size() - 1), "a PNG ends with its only %s", END);
        }
        Checks.check(chunks.get(chunks.size() - 1).data.isEmpty(), "%s holds nothing", END);
    }

    /** @throws InvalidPictureException saying what is wrong */
    public static Png read(byte[] file) {
        if (file.length < SIGNATURE.length
                || !Arrays.equals(file, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
            throw new InvalidPictureException("The %d bytes do not begin as a PNG does".formatted(file.length));
        }
        List<Chunk> chunks = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(file).position(SIGNATURE.length);
        while (rest.hasRemaining() && chunks.size() <= MAX_CHUNKS) {
            chunks.add(chunk(file, rest));
        }
        try {
            return new Png(chunks);
        } catch (IllegalArgumentException e) {
            throw new InvalidPictureException("The PNG is not whole: " + e.getMessage(), e);
        }
    }

    public byte[] write() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(SIGNATURE);
        chunks.forEach(chunk -> file.writeBytes(chunk.write()));
        return file.toByteArray();
    }

    /** {@code png}, which begins as a PNG must, with {@code text} behind its header, by keyword. */
    public static byte[] withText(byte[] png, SortedMap<String, String> text) {
        int header = SIGNATURE.length + FRAME_BYTES + HEADER_BYTES;
        ByteArrayOutputStream file = new ByteArrayOutputStream(png.length + 1024);
        file.write(png, 0, header);
        text.forEach(
                (keyword, value) -> file.writeBytes(textChunk(keyword, value).write()));
        file.write(png, header, png.length - header);
        return file.toByteArray();
    }

    /**
     * The {@code tEXt} chunks' values by keyword.
     *
     * @throws InvalidPictureException where one has no keyword, or has another's
     */
    public SortedMap<String, String> text() {
        SortedMap<String, String> text = new TreeMap<>();
        for (Chunk chunk : chunks) {
            if (chunk.type.equals(TEXT)) {
                Map.Entry<String, String> entry = entry(chunk.data.toString(ISO_8859_1));
                if (text.put(entry.getKey(), entry.getValue()) != null) {
                    throw new InvalidPictureException("The PNG has text '%s' twice".formatted(entry.getKey()));
                }
            }
        }
        return text;
    }

    /** The header's content: width, height, bit depth, colour type, compression, filter, interlace; 13 bytes. */
    public ByteBuffer header() {
        return chunks.get(0).data.asReadOnlyByteBuffer();
    }

    private static Chunk chunk(byte[] file, ByteBuffer rest) {
        int begin = rest.position();
        if (rest.remaining() < FRAME_BYTES) {
            throw new InvalidPictureException("The PNG ends within the chunk at byte %d".formatted(begin));
        }
        int length = rest.getInt();
        if (length < 0 || length > rest.remaining() - 2 * Integer.BYTES) {
            throw new InvalidPictureException("The chunk at byte %d of the PNG is said to have %s bytes; %d are left"
                    .formatted(begin, Integer.toUnsignedString(length), rest.remaining() - 2 * Integer.BYTES));
        }
        int checked = Integer.BYTES + length;
        int checksum = checksum(file, rest.position(), checked);
        String type = new String(file, rest.position(), Integer.BYTES, ISO_8859_1);
        ByteString data = UnsafeByteOperations.unsafeWrap(file, rest.position() + Integer.BYTES, length);
        if (rest.position(rest.position() + checked).getInt() != checksum) {
            throw new InvalidPictureException("The chunk at byte %d of the PNG is damaged".formatted(begin));
        }
        try {
            return new Chunk(type, data);
        } catch (IllegalArgumentException e) {
            throw new InvalidPictureException("The PNG is damaged at byte %d: %s".formatted(begin, e.getMessage()), e);
        }
    }

    private static Chunk textChunk(String keyword, String value) {
        Checks.between("length of keyword " + keyword, 1, MAX_KEYWORD, keyword.length());
        return new Chunk(TEXT, ByteString.copyFrom(keyword + "\0" + value, ISO_8859_1));
    }

    private static Map.Entry<String, String> entry(String text) {
        int end = text.indexOf('\0');
        if (end < 1 || end > MAX_KEYWORD) {
            throw new InvalidPictureException("The PNG has text without a keyword of 1 to %d".formatted(MAX_KEYWORD));
        }
        return Map.entry(text.substring(0, end), text.substring(end + 1));
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /**
     * One part of the file.
     *
     * @param type four letters
     */
    public record Chunk(String type, ByteString data) {
        private static final Pattern LETTERS = Pattern.compile("[A-Za-z]{4}");

        public Chunk {
            Checks.check(LETTERS.matcher(type).matches(), "a chunk's type is four letters");
        }

        byte[] write() {
            ByteBuffer bytes = ByteBuffer.allocate(FRAME_BYTES + data.size());
            bytes.putInt(data.size()).put(type.getBytes(US_ASCII));
            data.copyTo(bytes);
            bytes.putInt(checksum(bytes.array(), Integer.BYTES, Integer.BYTES + data.size()));
            return bytes.array();
        }
    }
}
