package dev.vaestream.learning.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Against values that JAX 0.10.2 gave. */
class PrngKeyTest {
    /** The test vectors of the paper's authors. */
    @Test
    void aBlockIsThreefry2x32() {
        assertThat(encrypted(0, 0, 0, 0)).containsExactly(0x6b200159, 0x99ba4efe);
        assertThat(encrypted(-1, -1, -1, -1)).containsExactly(0x1cb996fc, 0xbb002be7);
        assertThat(encrypted(0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3)).containsExactly(0xc4923a9c, 0x483df7a0);
    }

    @ParameterizedTest
    @MethodSource("goldenKeys")
    void splitsAreJaxs(PrngKey key, JsonNode golden) {
        assertThat(words(key.split(2))).isEqualTo(unsigned(golden.get("split2")));
        assertThat(words(key.split(5))).isEqualTo(unsigned(golden.get("split5")));
    }

    @ParameterizedTest
    @MethodSource("goldenKeys")
    void foldedKeysAreJaxs(PrngKey key, JsonNode golden) {
        golden.get("fold_in")
                .properties()
                .forEach(entry -> assertThat(words(key.foldIn(Integer.parseUnsignedInt(entry.getKey()))))
                        .isEqualTo(unsigned(entry.getValue())));
    }

    @ParameterizedTest
    @MethodSource("goldenKeys")
    void bitsAreJaxs(PrngKey key, JsonNode golden) {
        assertThat(Arrays.stream(key.bits(7)).mapToLong(Integer::toUnsignedLong).toArray())
                .isEqualTo(unsigned(golden.get("bits7")));
    }

    @ParameterizedTest
    @MethodSource("goldenKeys")
    void uniformsAreJaxs(PrngKey key, JsonNode golden) {
        assertThat(key.uniform(9)).isEqualTo(floats(golden.get("uniform9")));
        assertThat(key.uniform(5, -3, 5)).isEqualTo(floats(golden.get("uniform_-3_5")));
    }

    @ParameterizedTest
    @MethodSource("goldenKeys")
    void normalsAreJaxs(PrngKey key, JsonNode golden) {
        assertThat(key.normal(33)).containsExactly(floats(golden.get("normal33")), within(1e-6f));
    }

    @ParameterizedTest
    @MethodSource("goldenKeys")
    void truncatedNormalsAreJaxs(PrngKey key, JsonNode golden) {
        JsonNode values = golden.get("truncated_normal_-2_2");
        assertThat(key.truncatedNormal(values.size(), -2, 2)).containsExactly(floats(values), within(1e-6f));
    }

    @ParameterizedTest
    @MethodSource("goldenKeys")
    void bernoullisAreJaxs(PrngKey key, JsonNode golden) {
        boolean[] values = key.bernoulli(20, 0.3f);
        assertThat(elements(golden.get("bernoulli_0.3")).map(value -> value.intValue() == 1))
                .containsExactly(IntStream.range(0, 20).mapToObj(i -> values[i]).toArray(Boolean[]::new));
    }

    @ParameterizedTest
    @MethodSource("goldenPermutations")
    void permutationsAreJaxs(PrngKey key, JsonNode golden) {
        int[] permutation = key.permutation(golden.get("n").intValue());
        ByteBuffer bytes =
                ByteBuffer.allocate(Integer.BYTES * permutation.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(permutation);
        assertThat(sha256(bytes.array()))
                .isEqualTo(golden.get("sha256_of_int32_le").textValue());
    }

    @Test
    void aPermutationHoldsEveryIndexOnce() {
        qt().forAll(integers().between(0, 300), integers().all())
                .checkAssert((n, seed) -> assertThat(Arrays.stream(
                                        PrngKey.of(Integer.toUnsignedLong(seed)).permutation(n))
                                .sorted())
                        .containsExactly(IntStream.range(0, n).boxed().toArray(Integer[]::new)));
    }

    @Test
    void theSameKeyGivesTheSameNumbersAgain() {
        PrngKey key = PrngKey.of(3);
        assertThat(key.normal(100)).isEqualTo(key.normal(100));
    }

    @Test
    void aSeedHas32Bits() {
        assertThatThrownBy(() -> PrngKey.of(1L << 32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("seed is 4294967296; it must be 0 to 4294967295");
    }

    @Test
    void aNegativeCountIsRefused() {
        PrngKey key = PrngKey.of(1);
        List<ThrowingCallable> draws =
                List.of(() -> key.bits(-1), () -> key.normal(-1), () -> key.permutation(-1), () -> key.split(-1));
        for (ThrowingCallable draw : draws) {
            assertThatThrownBy(draw)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("n is -1; it must not be negative");
        }
    }

    @Test
    void aKeysDataAreItsWords() {
        assertThat(PrngKey.of(0xffff).words()).containsExactly(0, 0xffff);
    }

    static Stream<Arguments> goldenKeys() {
        return goldens("prng.json");
    }

    static Stream<Arguments> goldenPermutations() {
        return goldens("permutation.json");
    }

    private static int[] encrypted(int key0, int key1, int counter0, int counter1) {
        int[] x0 = {counter0};
        int[] x1 = {counter1};
        Threefry.encrypt(key0, key1, x0, x1);
        return new int[] {x0[0], x1[0]};
    }

    private static Stream<Arguments> goldens(String file) {
        JsonNode goldens = read(file);
        return Arrays.stream(Threefry.values())
                .flatMap(mode -> elements(goldens.get(mode.name().toLowerCase(Locale.ROOT)))
                        .map(golden ->
                                Arguments.of(PrngKey.of(golden.get("seed").longValue(), mode), golden)));
    }

    private static JsonNode read(String file) {
        try (InputStream in = Objects.requireNonNull(PrngKeyTest.class.getResourceAsStream("/" + file))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static long[] words(PrngKey... keys) {
        return Arrays.stream(keys)
                .flatMap(key -> Stream.of(key.high(), key.low()))
                .mapToLong(Integer::toUnsignedLong)
                .toArray();
    }

    private static long[] unsigned(JsonNode values) {
        return elements(values)
                .flatMap(value -> value.isArray() ? elements(value) : Stream.of(value))
                .mapToLong(JsonNode::longValue)
                .toArray();
    }

    private static float[] floats(JsonNode values) {
        List<JsonNode> list = elements(values).toList();
        float[] floats = new float[list.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = list.get(i).floatValue();
        }
        return floats;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
