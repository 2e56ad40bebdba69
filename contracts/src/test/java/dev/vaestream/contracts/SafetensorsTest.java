package dev.vaestream.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SafetensorsTest {

    @Test
    void whatAnotherLibraryWroteIsReadAndWrittenByteForByte() {
        byte[] golden = resource("/vae32_seed0xffff_step0.safetensors");

        byte[] again = Safetensors.write(Safetensors.read(golden));

        assertThat(again).isEqualTo(golden);
    }

    @Test
    void theGoldenFileHoldsTheModelsParameters() {
        SortedMap<String, StoredArray> arrays = Safetensors.read(resource("/vae32_seed0xffff_step0.safetensors"));

        assertThat(arrays.values().stream().mapToInt(StoredArray::size).sum()).isEqualTo(491_920);
    }

    @Test
    void aReadFileHasTheWrittenArrays() {
        SortedMap<String, StoredArray> arrays = small();

        assertThat(Safetensors.read(Safetensors.write(arrays))).isEqualTo(arrays);
    }

    @Test
    void theArraysBeginAtAMultipleOfEight() {
        byte[] file = Safetensors.write(small());

        assertThat(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8)
                .isZero();
    }

    @Test
    void noArraysAreAFileToo() {
        assertThat(Safetensors.read(Safetensors.write(new TreeMap<>()))).isEmpty();
    }

    @Test
    void bytesAfterTheLastArrayAreRefused() {
        byte[] whole = Safetensors.write(small());

        assertThatThrownBy(() -> Safetensors.read(Arrays.copyOf(whole, whole.length + 1)))
                .isInstanceOf(CorruptArraysException.class)
                .hasMessage("The arrays end at 16 of 17 bytes");
    }

    @Test
    void aHeaderLongerThanTheFileIsRefused() {
        assertThatThrownBy(() -> Safetensors.read(withLength(Long.MAX_VALUE, "{}", 0)))
                .isInstanceOf(CorruptArraysException.class)
                .hasMessage("The header of a file of 10 bytes is said to have 9223372036854775807");
    }

    @Test
    void aNegativeHeaderLengthIsRefused() {
        assertThatThrownBy(() -> Safetensors.read(withLength(-1, "{}", 0))).isInstanceOf(CorruptArraysException.class);
    }

    @Test
    void aHeaderOverOneMebibyteIsRefused() {
        String header = "{}" + " ".repeat(1 << 20);

        assertThatThrownBy(() -> Safetensors.read(withLength(header.length(), header, 0)))
                .isInstanceOf(CorruptArraysException.class);
    }

    static Stream<Arguments> attacks() {
        return Stream.of(
                Arguments.of("no JSON", "{x}", 0, "The header is no JSON"),
                Arguments.of("an array", "[]", 0, "The header does not begin with '{'"),
                Arguments.of("space before", " {}", 0, "The header does not begin with '{'"),
                Arguments.of("more than one value", "{}{}", 0, "The header is no JSON"),
                Arguments.of("a text that ends early", "{\"a\":", 0, "The header is no JSON"),
                Arguments.of("deep", "{\"a\":" + "[".repeat(100_000), 0, "The header is no JSON"),
                Arguments.of(
                        "a name twice",
                        "{\"a\":%s,\"a\":%s}".formatted(f32("[1]", 0, 4), f32("[1]", 0, 4)),
                        4,
                        "The header is no JSON"),
                Arguments.of("a description that is a number", "{\"a\":5}", 0, "has not exactly the fields"),
                Arguments.of(
                        "no dtype", "{\"a\":{\"shape\":[],\"data_offsets\":[0,4]}}", 4, "has not exactly the fields"),
                Arguments.of(
                        "no shape",
                        "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}",
                        4,
                        "has not exactly the fields"),
                Arguments.of(
                        "another field",
                        "{\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4],\"x\":1}}",
                        4,
                        "has not exactly the fields"),
                Arguments.of(
                        "metadata that is no object",
                        "{\"__metadata__\":1}",
                        0,
                        "__metadata__ is no object of strings"),
                Arguments.of(
                        "metadata that is no string",
                        "{\"__metadata__\":{\"a\":1}}",
                        0,
                        "__metadata__ is no object of strings"),
                Arguments.of(
                        "an unknown dtype",
                        "{\"a\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[0,8]}}",
                        8,
                        "Array 'a' does not hold: dtype is \"F64\"; it must be one of [F32, I32, I64, U8]"),
                Arguments.of(
                        "a shape that is a number", "{\"a\":%s}".formatted(f32("1", 0, 4)), 4, "it must be an array"),
                Arguments.of("a fractional axis", "{\"a\":%s}".formatted(f32("[1.0]", 0, 4)), 4, "an axis is 1.0"),
                Arguments.of("a negative axis", "{\"a\":%s}".formatted(f32("[-1]", 0, 4)), 4, "axis is -1"),
                Arguments.of(
                        "a shape that overflows",
                        "{\"a\":%s}".formatted(f32("[3037000500,3037000500]", 0, 4)),
                        4,
                        "is too large"),
                Arguments.of(
                        "an overflow behind an empty axis",
                        "{\"a\":%s}".formatted(f32("[0,4294967296,4294967296]", 0, 0)),
                        0,
                        "is too large"),
                Arguments.of(
                        "an axis of 20 digits",
                        "{\"a\":%s}".formatted(f32("[99999999999999999999]", 0, 4)),
                        4,
                        "an axis is 99999999999999999999"),
                Arguments.of(
                        "too many axes",
                        "{\"a\":%s}".formatted(f32("[1,1,1,1,1,1,1,1,1]", 0, 4)),
                        4,
                        "rank is 9; it must be at most 8"),
                Arguments.of(
                        "a shape of other bytes",
                        "{\"a\":%s}".formatted(f32("[2]", 0, 4)),
                        4,
                        "F32 of shape [2] needs 8 bytes, not 4"),
                Arguments.of(
                        "offsets of three numbers",
                        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]}}",
                        4,
                        "no data_offsets of two whole numbers"),
                Arguments.of(
                        "fractional offsets",
                        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0.0,4.5]}}",
                        4,
                        "no data_offsets of two whole numbers"),
                Arguments.of(
                        "an end before the start",
                        "{\"a\":%s}".formatted(f32("[1]", 4, 0)),
                        4,
                        "is said to be at 4 to 0"),
                Arguments.of(
                        "a negative start", "{\"a\":%s}".formatted(f32("[1]", -4, 0)), 4, "is said to be at -4 to 0"),
                Arguments.of(
                        "an end outside the file",
                        "{\"a\":%s}".formatted(f32("[2]", 0, 8)),
                        4,
                        "is said to be at 0 to 8 of 4 bytes"),
                Arguments.of(
                        "an overlap",
                        "{\"a\":%s,\"b\":%s}".formatted(f32("[2]", 0, 8), f32("[2]", 4, 12)),
                        12,
                        "Array 'b' begins at 4; the one before it ends at 8"),
                Arguments.of(
                        "the same bytes twice",
                        "{\"a\":%s,\"b\":%s}".formatted(f32("[1]", 0, 4), f32("[1]", 0, 4)),
                        4,
                        "the one before it ends at 4"),
                Arguments.of(
                        "a hole",
                        "{\"a\":%s,\"b\":%s}".formatted(f32("[1]", 0, 4), f32("[1]", 8, 12)),
                        12,
                        "Array 'b' begins at 8; the one before it ends at 4"),
                Arguments.of(
                        "a hole at the start",
                        "{\"a\":%s}".formatted(f32("[1]", 4, 8)),
                        8,
                        "Array 'a' begins at 4; the one before it ends at 0"),
                Arguments.of(
                        "an empty array inside another",
                        "{\"a\":%s,\"b\":%s}".formatted(f32("[2]", 0, 8), f32("[0]", 4, 4)),
                        8,
                        "Array 'b' begins at 4; the one before it ends at 8"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void aHeaderThatLiesIsRefused(String attack, String header, int dataBytes, String message) {
        byte[] file = withLength(header.length(), header, dataBytes);

        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(CorruptArraysException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("dev.vaestream", "jackson");
    }

    @Test
    void metadataIsIgnored() {
        String header = "{\"__metadata__\":{\"format\":\"np\"},\"a\":" + f32("[1]", 0, 4) + "}";

        assertThat(Safetensors.read(withLength(header.length(), header, 4))).containsOnlyKeys("a");
    }

    private static SortedMap<String, StoredArray> small() {
        SortedMap<String, StoredArray> arrays = new TreeMap<>();
        arrays.put("b.kernel", StoredArray.of(List.of(1L, 2L), new float[] {1.5f, -0.0f}));
        arrays.put("a.count", StoredArray.of(List.of(), new int[] {7}));
        arrays.put("c", new StoredArray(DType.U8, List.of(2L, 2L), ByteString.copyFrom(new byte[] {1, 2, 3, 4})));
        arrays.put("none", new StoredArray(DType.I64, List.of(0L, 3L), ByteString.EMPTY));
        return arrays;
    }

    private static String f32(String shape, int start, int end) {
        return "{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}".formatted(shape, start, end);
    }

    private static byte[] withLength(long length, String header, int dataBytes) {
        byte[] text = header.getBytes(UTF_8);
        return ByteBuffer.allocate(Long.BYTES + text.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(text)
                .array();
    }

    private static byte[] resource(String name) {
        try (InputStream in = SafetensorsTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
