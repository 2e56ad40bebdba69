package dev.vaestream.contracts;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.google.protobuf.ByteString;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every parser against every small change of something valid, and against bytes made to hurt. */
class ParserAttackTest {
    /** What a refusal takes by itself: the exceptions with their traces, and Jackson's buffers and tables of names. */
    private static final long OVERHEAD = 1 << 20;
    /** Of a header of nothing but names; what is allocated in all, not what is held at once. */
    private static final long BYTES_PER_BYTE = 48;

    private static final Sha256 DIGEST = Sha256.of(new byte[] {5});
    private static final NumericFingerprint NUMERIC =
            new NumericFingerprint("2.18.0", "cpu", "amd64", "avx2", false, 1);

    @ParameterizedTest
    @MethodSource("valid")
    void anyBitFlippedIsRefusedOrAnotherValueAndTakesLittleMemory(BytesParser<?> parser, byte[] valid) {
        for (int bit = 0; bit < 8 * valid.length; bit++) {
            byte[] flipped = valid.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            parser.check(flipped);
            assertThat(allocated(parser, flipped)).as("bit %d flipped", bit).isLessThan(allowed(flipped));
        }
    }

    @ParameterizedTest
    @MethodSource("valid")
    void whatIsCutAnywhereIsRefused(BytesParser<?> parser, byte[] valid) {
        for (int length = 0; length < valid.length; length++) {
            assertThat(parser.read(Arrays.copyOf(valid, length)))
                    .as("cut to %d of %d bytes", length, valid.length)
                    .isEmpty();
        }
    }

    static Stream<Arguments> valid() {
        RunSpec spec = RunSpec.defaults("mnist", 40);
        RunIdentity identity = new RunIdentity(
                "a", spec, spec.digest(), new ImageShape(28, 28), 16, "batches.m", "t", "c", DIGEST, NUMERIC);
        return Stream.of(
                argumentSet("safetensors", BytesParser.SAFETENSORS, Safetensors.write(arrays())),
                argumentSet("batch", BytesParser.BATCH, batch().encode()),
                argumentSet("manifest", BytesParser.MANIFEST, manifest().encode()),
                argumentSet("png", BytesParser.PNG, ProvenanceTest.png(ProvenanceTest.PROVENANCE)),
                argumentSet("provenance", BytesParser.PROVENANCE, ProvenanceTest.png(ProvenanceTest.PROVENANCE)),
                argumentSet("run request", BytesParser.RUN_REQUEST, Json.write(new RunRequest("a", spec))),
                argumentSet("run identity", BytesParser.RUN_IDENTITY, Json.write(identity)));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void anAttackIsRefusedAndTakesLittleMemory(BytesParser<?> parser, byte[] bytes) {
        assertThat(parser.read(bytes)).isEmpty();

        assertThat(allocated(parser, bytes)).isLessThan(allowed(bytes));
    }

    static Stream<Arguments> attacks() {
        return Stream.of(headers(), texts(), messages(), pictures()).flatMap(attacks -> attacks);
    }

    /** Row by row what a safetensors header can do; the rest is in {@link SafetensorsTest}. */
    private static Stream<Arguments> headers() {
        String array = "{\"a\":{\"dtype\":\"F32\",\"shape\":[%s],\"data_offsets\":[0,%s]}}";
        return Stream.of(
                safetensors("said to have 8 EiB of header", header(Long.MAX_VALUE, "{}".getBytes(UTF_8))),
                safetensors("said to have 2 GiB of header", header(1L << 31, "{}".getBytes(UTF_8))),
                safetensors("an array of 4 TiB", array.formatted("1099511627776", "4398046511104")),
                safetensors("an array of 2 GiB", array.formatted("536870911", "2147483644")),
                safetensors("a shape that overflows", array.formatted("3037000500,3037000500", "4")),
                safetensors("a shape that is no number", array.formatted("NaN", "4")),
                safetensors("an infinite shape", array.formatted("Infinity", "4")),
                safetensors("an infinite end", array.formatted("1", "-Infinity")),
                safetensors("a number of 1 MB", array.formatted("1" + "0".repeat(1_000_000), "4")),
                safetensors("an exponent without end", array.formatted("1e999999999", "4")),
                safetensors("a million axes", array.formatted("1" + ",1".repeat(500_000), "4")),
                safetensors("a name of 1 MB", "{\"" + "n".repeat(1_000_000) + "\":1}"),
                safetensors("deep", "{\"a\":" + "[".repeat(1_000_000)),
                safetensors("deep objects", "{\"a\":".repeat(200_000)),
                safetensors("nothing but names", names(90_000)),
                safetensors(
                        "half a surrogate pair",
                        "{\"\\ud800\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"),
                safetensors("not UTF-8", header("{\"\u00ff\":{}}".getBytes(ISO_8859_1))),
                safetensors("UTF-16", header("{}".getBytes(UTF_16LE))));
    }

    /** What a text of any kind can do. */
    private static Stream<Arguments> texts() {
        String manifest = new String(manifest().encode(), UTF_8);
        return Stream.of(
                manifest("nothing", new byte[0]),
                manifest("a NUL", "\0"),
                manifest("a byte order mark", "\ufeff" + manifest),
                manifest("UTF-16", manifest.getBytes(UTF_16BE)),
                manifest("UTF-32", manifest.getBytes(Charset.forName("UTF-32BE"))),
                manifest("no UTF-32 after all", new byte[] {0, 0, 0, '{', 1, 2, 3, 4}),
                manifest("not UTF-8", manifest.replace("2.18.0", "\u00ff").getBytes(ISO_8859_1)),
                manifest("half a surrogate pair", manifest.replace("2.18.0", "\\ud800")),
                manifest("NaN", manifest.replace("14.1", "NaN")),
                manifest("an infinite loss", manifest.replace("14.1", "1e999")),
                manifest("a field twice", manifest.replaceFirst("\\{", "{\"run\":\"a\",")),
                manifest("two texts", manifest + manifest),
                manifest("deep", "[".repeat(1_000_000)),
                manifest("deep objects", "{\"a\":".repeat(200_000)),
                manifest("a time out of reach", manifest.replace("\"2026-01-31T12:00:00Z\"", "1e20")),
                manifest("a time beyond all", manifest.replace("\"2026-01-31T12:00:00Z\"", "1e1000000")),
                manifest("a step of 1 MB", manifest.replace("\"step\":500", "\"step\":1" + "0".repeat(1_000_000))),
                manifest("a step with an exponent", manifest.replace("\"step\":500", "\"step\":5e2")));
    }

    /** What a batch message can do. */
    private static Stream<Arguments> messages() {
        return Stream.of(
                batch("images said to have 2 GiB", new byte[] {0x42, -1, -1, -1, -1, 7}),
                batch("images said to have -1 bytes", new byte[] {0x42, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1}),
                batch("groups in groups", repeat(1_000_000, 0x7b)),
                batch("empty groups", repeat(500_000, 0x7b, 0x7c)),
                batch("unknown fields", repeat(500_000, 0x70, 0x01)),
                batch("many unknown fields", manyFields(200_000)),
                batch("images again and again", repeat(500_000, 0x42, 0x00)),
                batch("a label too many", repeat(500_000, 0x4a, 0x01, 0x63)));
    }

    /** By a second reading: the first may also load classes. */
    private static long allocated(BytesParser<?> parser, byte[] bytes) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        parser.read(bytes);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static long allowed(byte[] bytes) {
        return OVERHEAD + BYTES_PER_BYTE * bytes.length;
    }

    private static Stream<Arguments> pictures() {
        return Stream.of(
                picture("nothing but commas", "vaestream.classes", ",".repeat(1_000_000)),
                picture("one class a million times", "vaestream.classes", "0" + ",0".repeat(1_000_000)),
                picture("a number of 1 MB", "vaestream.step", "1".repeat(1_000_000)),
                picture("a run of 1 MB", "vaestream.run", "a".repeat(1_000_000)),
                argumentSet("picture: nothing but chunks", BytesParser.PROVENANCE, ProvenanceTest.chunks(90_000)));
    }

    private static Arguments picture(String name, String keyword, String value) {
        SortedMap<String, String> text = new TreeMap<>(ProvenanceTest.PROVENANCE.text());
        text.put(keyword, value);
        return argumentSet("picture: " + name, BytesParser.PROVENANCE, ProvenanceTest.png(text));
    }

    private static Arguments safetensors(String name, String header) {
        return safetensors(name, header(header.getBytes(UTF_8)));
    }

    private static Arguments safetensors(String name, byte[] file) {
        return argumentSet("safetensors: " + name, BytesParser.SAFETENSORS, file);
    }

    private static Arguments manifest(String name, String text) {
        return manifest(name, text.getBytes(UTF_8));
    }

    private static Arguments manifest(String name, byte[] text) {
        return argumentSet("manifest: " + name, BytesParser.MANIFEST, text);
    }

    private static Arguments batch(String name, byte[] message) {
        return argumentSet("batch: " + name, BytesParser.BATCH, message);
    }

    private static byte[] header(byte[] header) {
        return header(header.length, header);
    }

    private static byte[] header(long length, byte[] header) {
        return ByteBuffer.allocate(Long.BYTES + header.length + 4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(header)
                .array();
    }

    private static String names(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"%x\":1".formatted(i))
                .collect(java.util.stream.Collectors.joining(",", "{", "}"));
    }

    private static byte[] repeat(int times, int... pattern) {
        ByteBuffer bytes = ByteBuffer.allocate(times * pattern.length);
        for (int i = 0; i < times; i++) {
            for (int b : pattern) {
                bytes.put((byte) b);
            }
        }
        return bytes.array();
    }

    /** One varint under each of {@code count} field numbers from 16384 on. */
    private static byte[] manyFields(int count) {
        ByteString.Output out = ByteString.newOutput();
        for (int i = 0; i < count; i++) {
            int tag = (16_384 + i) << 3;
            for (; tag > 0x7f; tag >>>= 7) {
                out.write((tag & 0x7f) | 0x80);
            }
            out.write(tag);
            out.write(1);
        }
        return out.toByteString().toByteArray();
    }

    private static SortedMap<String, StoredArray> arrays() {
        SortedMap<String, StoredArray> arrays = new TreeMap<>();
        arrays.put("a.count", StoredArray.of(List.of(), new int[] {7}));
        arrays.put("b.kernel", StoredArray.of(List.of(1L, 2L), new float[] {1.5f, -0.0f}));
        arrays.put("c", new StoredArray(DType.U8, List.of(2L, 2L), ByteString.copyFrom(new byte[] {1, 2, 3, 4})));
        arrays.put("none", new StoredArray(DType.I64, List.of(0L, 3L), ByteString.EMPTY));
        return arrays;
    }

    private static Batch batch() {
        return new Batch(
                300,
                3,
                1,
                100,
                new ImageShape(2, 3),
                10,
                ByteString.copyFrom(repeat(6, 1, 0xff)),
                ByteString.copyFrom(new byte[] {9, 0}));
    }

    private static Manifest manifest() {
        Progress progress = new Progress(
                500,
                500,
                new TreeMap<>(Map.of(0, 250L, 1, 250L)),
                new TreeMap<>(Map.of(0, new ConsumedRecord(7, DIGEST))),
                DIGEST,
                List.of(3L),
                List.of(1L, 0xffffffffL),
                new LossSums(3, 1e-5, 2.5, 0.125),
                LossSums.ZERO);
        List<Blob> blobs = List.of(Blob.of(Blob.PARAMS, new byte[] {1}), Blob.of(Blob.OPTIMIZER, new byte[] {2}));
        return Manifest.of(
                "a",
                null,
                3,
                progress,
                new Losses(14.1, 10.9, 6.4),
                blobs,
                NUMERIC,
                Instant.parse("2026-01-31T12:00:00Z"));
    }
}
