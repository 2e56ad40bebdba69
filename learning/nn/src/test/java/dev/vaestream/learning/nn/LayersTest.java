package dev.vaestream.learning.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.random.Threefry;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Operands;
import dev.vaestream.learning.tracing.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Against what Flax 0.12.8 gave; {@code layers.py} wrote the file. */
class LayersTest {
    private static final Map<String, Module<Operand<TFloat32>, Operand<TFloat32>>> LAYERS = Map.of(
            "LayerNorm()",
            new LayerNorm(),
            "LayerNorm(epsilon=1e-2, use_bias=False, use_scale=False)",
            new LayerNorm(1e-2, false, false),
            "Conv(3, (3, 3))",
            new Conv(3, List.of(3, 3)),
            "Conv(2, (2, 3), strides=2, padding='VALID', use_bias=False)",
            new Conv(2, List.of(2, 3), List.of(2, 2), Conv.Padding.VALID, false),
            "Conv(4, (3,))",
            new Conv(4, List.of(3)),
            "Dense(3, glorot_uniform, ones)",
            new Dense(3, true, Initializers.glorotUniform(), Initializers.ones()));

    private static final Map<String, Initializer> INITIALIZERS = Map.ofEntries(
            Map.entry("lecun_normal", Initializers.lecunNormal()),
            Map.entry("lecun_uniform", Initializers.lecunUniform()),
            Map.entry("glorot_normal", Initializers.glorotNormal()),
            Map.entry("glorot_uniform", Initializers.glorotUniform()),
            Map.entry("he_normal", Initializers.heNormal()),
            Map.entry("he_uniform", Initializers.heUniform()),
            Map.entry("normal", Initializers.normal(0.02)),
            Map.entry("uniform", Initializers.uniform(0.5)),
            Map.entry("truncated_normal", Initializers.truncatedNormal(0.1)),
            Map.entry("constant", Initializers.constant(0.25)),
            Map.entry("ones", Initializers.ones()),
            Map.entry("zeros", Initializers.zeros()));

    @ParameterizedTest
    @MethodSource("layers")
    void initIsFlaxs(Threefry mode, String name) throws IOException {
        JsonNode golden = golden(mode).get("layers").get(name);
        assertParams(init(LAYERS.get(name), golden, mode), golden);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void applyIsFlaxs(Threefry mode, String name) throws IOException {
        JsonNode golden = golden(mode).get("layers").get(name);
        Module<Operand<TFloat32>, Operand<TFloat32>> layer = LAYERS.get(name);
        assertClose(Trial.apply(layer, init(layer, golden, mode), array(golden.get("x"))), golden.get("y"));
    }

    static Stream<Arguments> layers() {
        return LAYERS.keySet().stream()
                .sorted()
                .flatMap(name -> Arrays.stream(Threefry.values()).map(mode -> Arguments.of(mode, name)));
    }

    @ParameterizedTest
    @EnumSource
    void embedIsFlaxs(Threefry mode) throws IOException {
        JsonNode golden = golden(mode).get("layers").get("Embed(5, 3)");
        Array.Ints ids = Array.of(Shape.of(2, 2), 3, 0, 4, 3);
        Embed embed = new Embed(5, 3);
        Tree<Array.Floats> variables =
                embed.init(key(mode), tf -> Operands.ints(ids.shapeDtype().placeholder(tf)));
        assertParams(variables, golden);
        assertClose(
                Trial.call(variables, ids, (tf, given, x) -> embed.apply(tf, given, Operands.ints(x))),
                golden.get("y"));
    }

    @Test
    void attendIsTheProductWithEveryRow() {
        Tree<Array.Floats> variables =
                Trial.params(Map.of("embedding", Array.of(Shape.of(3, 2), 1f, 2f, 3f, 4f, 5f, 6f)));
        Array.Floats logits = Trial.call(
                variables,
                Array.of(Shape.of(1, 2), 10f, 1f),
                (tf, given, x) -> new Embed(3, 2).attend(Scope.of(tf, given), Operands.floats(x)));
        assertThat(logits).isEqualTo(Array.of(Shape.of(1, 3), 12f, 34f, 56f));
    }

    @Test
    void anIdOutsideOfTheTableFailsTheCall() {
        Tree<Array.Floats> variables = Trial.params(Map.of("embedding", Array.zeros(Shape.of(3, 2))));
        assertThatThrownBy(() -> Trial.call(
                        variables,
                        Array.of(Shape.of(1), 3),
                        (tf, given, x) -> new Embed(3, 2).apply(tf, given, Operands.ints(x))))
                .hasMessageContaining("3");
    }

    @ParameterizedTest
    @MethodSource("initializers")
    void initializersAreFlaxs(Threefry mode, String name) throws IOException {
        JsonNode golden = golden(mode).get("initializers").get(name);
        Initializer initializer = Objects.requireNonNull(INITIALIZERS.get(name));
        assertThat(initializer.init(key(mode), Shape.of(2, 3, 4))).containsExactly(values(golden), within(1e-6f));
    }

    static Stream<Arguments> initializers() {
        return INITIALIZERS.keySet().stream()
                .sorted()
                .flatMap(name -> Arrays.stream(Threefry.values()).map(mode -> Arguments.of(mode, name)));
    }

    @Test
    void aConvolutionNeedsAStrideForEachAxis() {
        assertThatThrownBy(() -> new Conv(1, List.of(3, 3), List.of(1), Conv.Padding.SAME, true))
                .hasMessage(
                        "kernelSize is [3, 3] and strides [1]; both must have one number for each of one or two axes");
    }

    private static Tree<Array.Floats> init(
            Module<Operand<TFloat32>, Operand<TFloat32>> layer, JsonNode golden, Threefry mode) throws IOException {
        return layer.init(
                key(mode), Trial.example(array(golden.get("x")).shape().asArray()));
    }

    private static void assertParams(Tree<Array.Floats> variables, JsonNode golden) {
        Map<String, Array.Floats> params = variables.get("params").byPath();
        assertThat(params).hasSize(golden.get("params").size());
        params.forEach((path, array) -> assertClose(array, golden.get("params").get(path)));
    }

    private static void assertClose(Array.Floats actual, JsonNode golden) {
        assertThat(actual.shape()).isEqualTo(array(golden).shape());
        assertThat(actual.values()).containsExactly(values(golden), within(2e-6f));
    }

    private static JsonNode golden(Threefry mode) throws IOException {
        try (InputStream in = Objects.requireNonNull(LayersTest.class.getResourceAsStream("/layers.json"))) {
            return new ObjectMapper().readTree(in).get(mode.name().toLowerCase(Locale.ROOT));
        }
    }

    private static PrngKey key(Threefry mode) throws IOException {
        JsonNode words = golden(mode).get("key");
        return new PrngKey(words.get(0).intValue(), words.get(1).intValue(), mode);
    }

    private static Array.Floats array(JsonNode golden) {
        long[] sizes = new long[golden.get("shape").size()];
        Arrays.setAll(sizes, i -> golden.get("shape").get(i).longValue());
        return Array.of(Shape.of(sizes), values(golden));
    }

    private static float[] values(JsonNode array) {
        float[] floats = new float[array.get("values").size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = array.get("values").get(i).floatValue();
        }
        return floats;
    }
}
