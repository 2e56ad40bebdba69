package dev.vaestream.learning.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.random.Threefry;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Jit;
import dev.vaestream.learning.tracing.ShapeDtype;
import dev.vaestream.learning.tracing.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** Against what Flax 0.12.8 gave. */
class FeedForwardTest {
    private static final FeedForward WITHOUT_LAST = new FeedForward(List.of(4, 2, 1), Activation.RELU, true);
    private static final FeedForward WITH_LAST = new FeedForward(List.of(5, 3), Activation.RELU, false);

    @ParameterizedTest
    @EnumSource
    void initIsFlaxs(Threefry mode) throws IOException {
        assertInit(WITHOUT_LAST, golden(mode, "FeedForward((4,2,1), drop_last_activation)"), mode);
        assertInit(WITH_LAST, golden(mode, "FeedForward((5,3))"), mode);
    }

    @ParameterizedTest
    @EnumSource
    void applyIsFlaxs(Threefry mode) throws IOException {
        assertApply(WITHOUT_LAST, golden(mode, "FeedForward((4,2,1), drop_last_activation)"), mode);
        assertApply(WITH_LAST, golden(mode, "FeedForward((5,3))"), mode);
    }

    @Test
    void aModuleIsEqualToOneWithTheSameSizes() {
        assertThat(new Dense(3)).isEqualTo(new Dense(3));
    }

    @Test
    void aMissingParameterIsNamed() {
        Tree<Array.Floats> variables =
                Tree.dict(Map.of("params", Tree.ofPaths(Map.of("Dense_0.bias", Array.zeros(Shape.of(3))))));
        assertThatThrownBy(() -> apply(new FeedForward(List.of(3), Activation.RELU, true), variables, 1, new float[2]))
                .isInstanceOf(ParamNotFoundException.class)
                .hasMessage("There is no parameter 'Dense_0.kernel'; given are [Dense_0.bias]");
    }

    @Test
    void aMisshapenParameterIsNamed() {
        Tree<Array.Floats> variables =
                Tree.dict(Map.of("params", Tree.ofPaths(Map.of("Dense_0.kernel", Array.zeros(Shape.of(3, 3))))));
        assertThatThrownBy(() -> apply(new FeedForward(List.of(3), Activation.RELU, true), variables, 1, new float[2]))
                .isInstanceOf(ParamShapeException.class)
                .hasMessage("Parameter 'Dense_0.kernel' must have shape [2, 3], but has [3, 3]");
    }

    @Test
    void aVectorHasNoFanIn() {
        assertThatThrownBy(() -> Initializers.lecunNormal(PrngKey.of(0), Shape.of(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Must be at least 2D");
    }

    private static void assertInit(FeedForward module, JsonNode golden, Threefry mode) {
        long features = golden.get("x").get("shape").get(1).longValue();
        Map<String, Array.Floats> params = module.init(
                        key(golden, mode),
                        tf -> tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(1, features))))
                .byPath();
        assertThat(params).hasSize(golden.get("params").size());
        params.forEach((path, array) -> assertThat(array.values())
                .as(path)
                .containsExactly(values(golden.get("params").get(path)), within(1e-6f)));
    }

    private static void assertApply(FeedForward module, JsonNode golden, Threefry mode) {
        float[] x = values(golden.get("x"));
        int rows = golden.get("x").get("shape").get(0).intValue();
        Tree<Array.Floats> variables = module.init(
                key(golden, mode),
                tf -> tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(rows, x.length / rows))));
        assertThat(apply(module, variables, rows, x)).containsExactly(values(golden.get("y")), within(1e-6f));
    }

    private static float[] apply(FeedForward module, Tree<Array.Floats> variables, int rows, float[] x) {
        Array.Floats input = Array.of(Shape.of(rows, x.length / rows), x);
        List<ShapeDtype> signature =
                new ArrayList<>(variables.map(Array::shapeDtype).leaves());
        signature.add(input.shapeDtype());
        List<TType> tensors =
                new ArrayList<>(variables.map(array -> (TType) array.toTensor()).leaves());
        tensors.add(input.toTensor());
        try (Jit jit = Jit.trace(signature, (tf, arguments) -> {
                    Iterator<Operand<?>> next = arguments.iterator();
                    Tree<Operand<TFloat32>> given = variables.map(array -> floats(next.next()));
                    return List.of(module.call(Scope.apply(tf, given), floats(next.next())));
                });
                Result result = jit.call(tensors)) {
            return ((Array.Floats) Array.of(result.get(0).asRawTensor())).values();
        } finally {
            tensors.forEach(Tensor::close);
        }
    }

    private static Operand<TFloat32> floats(Operand<?> operand) {
        return operand.asOutput().expect(TFloat32.class);
    }

    private static PrngKey key(JsonNode golden, Threefry mode) {
        JsonNode words = golden.get("init_key");
        return PrngKey.ofWords(
                (int) words.get(0).longValue(), (int) words.get(1).longValue(), mode);
    }

    private static JsonNode golden(Threefry mode, String module) throws IOException {
        try (InputStream in = Objects.requireNonNull(FeedForwardTest.class.getResourceAsStream("/modules.json"))) {
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
