package dev.vaestream.learning.nn;

import static dev.vaestream.learning.nn.Trial.EMPTY;
import static dev.vaestream.learning.nn.Trial.apply;
import static dev.vaestream.learning.nn.Trial.filled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.random.Threefry;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Compiled;
import dev.vaestream.learning.tracing.Operands;
import dev.vaestream.learning.tracing.ShapeDtype;
import dev.vaestream.learning.tracing.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Against what Flax 0.12.8 gave. */
class ModulesTest {
    /** The tutorial's first model, whose layer has a name. */
    private record Model(long dim) implements Module<Operand<TFloat32>, Operand<TFloat32>> {
        @Override
        public Operand<TFloat32> call(Scope scope, Operand<TFloat32> x) {
            return Activation.RELU.apply(scope.tf(), scope.call("layer", new Dense(dim), x));
        }
    }

    private static final Map<String, Module<Operand<TFloat32>, Operand<TFloat32>>> MODULES = Map.of(
            "Model(dim=4), one Dense named layer, relu",
            new Model(4),
            "Dense(2)",
            new Dense(2),
            "Dense(3, use_bias=False)",
            new Dense(3, false),
            "FeedForward((4,2,1), drop_last_activation)",
            new FeedForward(List.of(4, 2, 1), Activation.RELU, true),
            "FeedForward((5,3))",
            new FeedForward(List.of(5, 3), Activation.RELU, false),
            "Sequential(Dense(4), relu, Dense(2))",
            new Sequential(List.of(new Dense(4), Activation.RELU.asLayer(), new Dense(2))));

    @ParameterizedTest
    @MethodSource("modules")
    void initIsFlaxs(Threefry mode, String name) throws IOException {
        JsonNode golden = golden(mode, name);
        Map<String, Array.Floats> params = init(MODULES.get(name), golden, mode).byPath();
        assertThat(params).hasSize(golden.get("params").size());
        params.forEach((path, array) -> assertThat(array.values())
                .as(path)
                .containsExactly(values(golden.get("params").get(path)), within(1e-6f)));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void applyIsFlaxs(Threefry mode, String name) throws IOException {
        JsonNode golden = golden(mode, name);
        Module<Operand<TFloat32>, Operand<TFloat32>> module = MODULES.get(name);
        Array.Floats y = apply(module, init(module, golden, mode), Map.of(), array(golden.get("x")));
        assertThat(y).isEqualTo(Array.of(array(golden.get("y")).shape(), y.values()));
        assertThat(y.values()).containsExactly(values(golden.get("y")), within(1e-6f));
    }

    static Stream<Arguments> modules() {
        return MODULES.keySet().stream()
                .sorted()
                .flatMap(name -> Arrays.stream(Threefry.values()).map(mode -> Arguments.of(mode, name)));
    }

    @ParameterizedTest
    @EnumSource
    void dropoutDropsWhatFlaxsDoes(Threefry mode) throws IOException {
        for (double rate : new double[] {0.5, 0.2}) {
            JsonNode golden = golden(mode, "Dropout(%s)".formatted(rate));
            Map<String, PrngKey> rngs = Map.of("dropout", key(golden, "dropout_key", mode));
            Array.Floats y = apply(new Dropout(rate, false), EMPTY, rngs, array(golden.get("x")));
            assertThat(y.values()).containsExactly(values(golden.get("y")), within(1e-6f));
        }
    }

    @Test
    void dropoutPassesEverythingWhereItIsDeterministic() {
        Array.Floats x = Array.of(Shape.of(3), 1f, 2f, 3f);
        assertThat(apply(new Dropout(0.9, true), EMPTY, Map.of(), x)).isEqualTo(x);
        assertThat(apply(new Dropout(0, false), EMPTY, Map.of(), x)).isEqualTo(x);
    }

    @Test
    void aDropoutOfAllLeavesNothing() {
        Array.Floats x = Array.of(Shape.of(3), 1f, 2f, 3f);
        assertThat(apply(new Dropout(1, false), EMPTY, Map.of(), x)).isEqualTo(Array.zeros(Shape.of(3)));
    }

    /** Four standard deviations of a binomial. */
    @Test
    void dropoutKeepsTheShareThatIsAskedFor() {
        int n = 100_000;
        Array.Floats ones = Array.of(Shape.of(n), new float[n]);
        Arrays.fill(ones.values(), 1);
        for (double rate : new double[] {0.1, 0.3, 0.5, 0.7, 0.9}) {
            Array.Floats y = apply(new Dropout(rate, false), EMPTY, Map.of("dropout", PrngKey.of(1)), ones);
            long kept = IntStream.range(0, n).filter(i -> y.values()[i] != 0).count();
            assertThat((double) kept).isCloseTo(n * (1 - rate), within(4 * Math.sqrt(n * rate * (1 - rate))));
        }
    }

    @Test
    void dropoutWithoutAKeyIsRefused() {
        assertThatThrownBy(() -> apply(new Dropout(0.5, false), EMPTY, Map.of(), Array.zeros(Shape.of(3))))
                .isInstanceOf(InvalidRngException.class)
                .hasMessage("There is no stream of keys 'dropout'; give one, or one named 'params'");
    }

    @Test
    void aSequenceOfNothingIsRefused() {
        assertThatThrownBy(() -> new Sequential(List.of())).hasMessageStartingWith("Empty Sequential module");
    }

    @Test
    void denseKeepsAllAxesButTheLast() {
        Tree<Array.Floats> ones = Tree.dict(Map.of(
                "params", Tree.ofPaths(Map.of("kernel", filled(Shape.of(3, 4)), "bias", filled(Shape.of(4))))));
        assertThat(apply(new Dense(4), ones, Map.of(), filled(Shape.of(1, 2, 3))))
                .isEqualTo(Array.of(Shape.of(1, 2, 4), 4f, 4f, 4f, 4f, 4f, 4f, 4f, 4f));
    }

    @Test
    void denseLeavesSizesOpen() {
        Tree<Array.Floats> params = Trial.params(Map.of("kernel", filled(Shape.of(3, 4)), "bias", filled(Shape.of(4))));
        long open = Shape.UNKNOWN_SIZE;
        for (Shape shape : List.of(Shape.of(open, 3), Shape.of(open, 2, 3), Shape.of(open, open, 3))) {
            Tree<ShapeDtype> signature = Tree.sequence(
                    List.of(Tree.widen(params.map(Array::shapeDtype)), Tree.leaf(ShapeDtype.floats(shape))));
            try (Compiled compiled = Compiled.trace(
                    signature,
                    (tf, given) -> Tree.leaf(new Dense(4)
                            .apply(
                                    tf,
                                    Operands.floats(given.get(0)),
                                    Operands.floats(given.get(1).value()))))) {
                Shape given = shape.numDimensions() == 2 ? Shape.of(5, 3) : Shape.of(5, 2, 3);
                Tree<Array> arguments = Tree.sequence(List.of(Tree.widen(params), Tree.leaf(filled(given))));
                Array y = compiled.call(arguments).value();
                assertThat(y.shape()).isEqualTo(shape.numDimensions() == 2 ? Shape.of(5, 4) : Shape.of(5, 2, 4));
                assertThat(((Array.Floats) y).values()).containsOnly(4f);
            }
        }
    }

    @Test
    void denseNeedsAnAxisOfAKnownSize() {
        for (Shape shape : List.of(Shape.scalar(), Shape.of(2, Shape.UNKNOWN_SIZE))) {
            assertThatThrownBy(() -> new Dense(2).init(PrngKey.of(0), Trial.example(shape.asArray())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Dense takes an input (…, in) whose last axis has a known size, not ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TANH, 0.7615942",
        "SIGMOID, 0.7310586",
        "SOFTPLUS, 1.3132616",
        "SILU, 0.7310586",
        "GELU, 0.841192",
        "ELU, 1"
    })
    void activationsAreJaxs(String name, float atOne) throws ReflectiveOperationException {
        Activation activation = (Activation) Activation.class.getField(name).get(null);
        assertThat(apply(activation.asLayer(), EMPTY, Map.of(), filled(Shape.of(1)))
                        .values()[0])
                .isCloseTo(atOne, within(1e-6f));
    }

    /** The numbers that the tutorial prints, each with the keys of the cell that made it. */
    @Test
    void theTutorialsFirstModelPrintsTheSame() {
        Model model = new Model(4);
        Tree<Array.Floats> variables = model.init(subkey(0xffff, 1), Trial.example(1, 8));
        assertPrinted(kernel(variables, "params.layer.kernel"), """
                        -0.05412389 -0.28172645 -0.07438638 0.5238516
                        -0.13562573 -0.17592733 0.45305118 -0.0650041
                        0.25177842 0.13981569 -0.41496065 -0.15681015
                        0.13783392 -0.6254694 -0.09966562 -0.04283331
                        0.48194656 0.07596914 0.0429794 -0.2127948
                        -0.6694777 0.15849823 -0.4057232 0.26767966
                        0.22948688 0.00706845 0.0145666 -0.1280596
                        0.62309605 0.12575962 -0.05112049 -0.316764""");
        assertThat(kernel(variables, "params.layer.bias")).containsOnly(0);
        Array.Floats x = Array.of(Shape.of(1, 8), subkey(0xffff, 5).normal(8));
        assertThat(apply(model, variables, Map.of(), x).values())
                .containsExactly(new float[] {0.9296505f, 0.25998798f, 0.01101626f, 0}, within(1e-6f));
    }

    @Test
    void theTutorialsFeedForwardPrintsTheSame() {
        FeedForward model = new FeedForward(List.of(4, 2, 1), Activation.RELU, true);
        Tree<Array.Floats> variables = model.init(subkey(0x1234, 5), Trial.example(1, 8));
        assertPrinted(kernel(variables, "params.Dense_0.kernel"), """
                        0.0840368 -0.18825287 0.49946404 -0.4610112
                        0.4370267 0.21035315 -0.19604324 0.39427406
                        0.00632685 -0.02732705 0.16799504 -0.44181877
                        0.26044282 0.42476758 -0.14758752 -0.29886967
                        -0.57811564 -0.18126923 -0.19411889 -0.10860331
                        -0.20605426 -0.16065307 -0.3016759 0.44704655
                        0.35531637 -0.14256613 0.13841921 0.11269159
                        -0.430825 -0.0171169 -0.52949774 0.4862139""");
        assertPrinted(kernel(variables, "params.Dense_1.kernel"), """
                        0.03389561 -0.00805947
                        0.47362345 0.37944487
                        0.41766328 -0.15580587
                        0.5538078 0.18003668""");
        assertPrinted(kernel(variables, "params.Dense_2.kernel"), "1.175035 -1.1607001");
        Array.Floats x = Array.of(Shape.of(1, 8), subkey(0x1234, 6).normal(8));
        assertThat(apply(model, variables, Map.of(), x).values())
                .containsExactly(new float[] {0.5336972f}, within(1e-6f));
    }

    @Test
    void theTutorialsBoundModelPrintsTheSame() {
        Dense model = new Dense(2);
        Tree<Array.Floats> variables = model.init(subkey(0x1234, 3), Trial.example(8));
        assertPrinted(kernel(variables, "params.kernel"), """
                        -0.11450272 -0.2808447
                        -0.45104247 -0.3774913
                        0.07462895 0.3622056
                        0.59189916 -0.34050766
                        -0.10401642 -0.36226135
                        0.157985 0.00198693
                        -0.00792678 -0.1142673
                        0.31233454 0.4201768""");
        assertThat(apply(model, variables, Map.of(), filled(Shape.of(8))).values())
                .containsExactly(new float[] {0.45935923f, -0.691003f}, within(1e-6f));
    }

    /** But for the last bits of the inverse error function. */
    private static void assertPrinted(float[] values, String printed) {
        String[] numbers = printed.strip().split("\\s+", -1);
        assertThat(values).hasSize(numbers.length);
        for (int i = 0; i < values.length; i++) {
            float number = Float.parseFloat(numbers[i]);
            assertThat(values[i]).isCloseTo(number, within(Math.max(1e-7f, 2e-7f * Math.abs(number))));
        }
    }

    @Test
    void theTutorialsDropoutPrintsTheSame() {
        Array.Floats x = Array.of(Shape.of(3, 3), subkey(0x1234, 34).normal(9));
        assertThat(x.values())
                .containsExactly(
                        new float[] {
                            1.7353934f,
                            -1.741734f,
                            -1.3312583f,
                            -1.615281f,
                            -0.6381292f,
                            1.3057163f,
                            1.2640097f,
                            -1.986926f,
                            1.7818599f
                        },
                        within(1e-6f));
        assertThat(apply(new Dropout(0.5, false), EMPTY, Map.of("dropout", subkey(0x1234, 35)), x)
                        .values())
                .containsExactly(
                        new float[] {3.4707868f, 0, -2.6625166f, 0, 0, 2.6114326f, 0, -3.973852f, 0}, within(1e-6f));
    }

    @Test
    void aModuleIsEqualToOneWithTheSameSizes() {
        assertThat(new Dense(3)).isEqualTo(new Dense(3));
    }

    @Test
    void aMissingParameterIsNamed() {
        Tree<Array.Floats> variables =
                Tree.dict(Map.of("params", Tree.ofPaths(Map.of("Dense_0.bias", Array.zeros(Shape.of(3))))));
        assertThatThrownBy(() -> apply(
                        new FeedForward(List.of(3), Activation.RELU, true),
                        variables,
                        Map.of(),
                        Array.zeros(Shape.of(1, 2))))
                .isInstanceOf(ParamNotFoundException.class)
                .hasMessage("There is no parameter 'Dense_0.kernel'; given are [Dense_0.bias]");
    }

    @Test
    void aMisshapenParameterIsNamed() {
        Tree<Array.Floats> variables =
                Tree.dict(Map.of("params", Tree.ofPaths(Map.of("Dense_0.kernel", Array.zeros(Shape.of(3, 3))))));
        assertThatThrownBy(() -> apply(
                        new FeedForward(List.of(3), Activation.RELU, true),
                        variables,
                        Map.of(),
                        Array.zeros(Shape.of(1, 2))))
                .isInstanceOf(ParamShapeException.class)
                .hasMessage("Parameter 'Dense_0.kernel' must have shape [2, 3], but has [3, 3]");
    }

    @Test
    void aVectorHasNoFanIn() {
        assertThatThrownBy(() -> Initializers.lecunNormal().init(PrngKey.of(0), Shape.of(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Must be at least 2D");
    }

    private static Tree<Array.Floats> init(
            Module<Operand<TFloat32>, Operand<TFloat32>> module, JsonNode golden, Threefry mode) {
        Shape shape = array(golden.get("x")).shape();
        return module.init(key(golden, "init_key", mode), Trial.example(shape.asArray()));
    }

    private static Array.Floats array(JsonNode golden) {
        long[] sizes = new long[golden.get("shape").size()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = golden.get("shape").get(i).longValue();
        }
        return Array.of(Shape.of(sizes), values(golden));
    }

    /** The second half of the n-th split of a chain {@code key, sub = split(key)}, in the tutorial's mode. */
    private static PrngKey subkey(long seed, int n) {
        PrngKey key = PrngKey.of(seed, Threefry.LEGACY);
        for (int i = 1; i < n; i++) {
            key = key.split().first();
        }
        return key.split().second();
    }

    private static float[] kernel(Tree<Array.Floats> variables, String path) {
        return Objects.requireNonNull(variables.byPath().get(path)).values();
    }

    private static PrngKey key(JsonNode golden, String name, Threefry mode) {
        JsonNode words = golden.get(name);
        return new PrngKey((int) words.get(0).longValue(), (int) words.get(1).longValue(), mode);
    }

    private static JsonNode golden(Threefry mode, String module) throws IOException {
        try (InputStream in = Objects.requireNonNull(ModulesTest.class.getResourceAsStream("/modules.json"))) {
            return new ObjectMapper()
                    .readTree(in)
                    .get(mode.name().toLowerCase(Locale.ROOT))
                    .get(module);
        }
    }

    private static float[] values(JsonNode array) {
        JsonNode values = array.get("values");
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return floats;
    }
}
