package dev.vaestream.learning.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.DonatingJit;
import dev.vaestream.learning.tracing.ShapeDtype;
import dev.vaestream.learning.tracing.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** Against eight updates that Optax 0.2.8 made. */
class AdamwTest {
    private static final Tree<Array.Floats> INITIAL = Tree.ofPaths(Map.of(
            "a", Array.of(Shape.of(3), 0f, 1f, 2f),
            "b.kernel", Array.of(Shape.of(2, 2), .3f, -.2f, 1.5f, .7f),
            "b.bias", Array.of(Shape.of(2), 0f, .1f)));

    @ParameterizedTest
    @CsvSource({"adamw(1e-4), 1e-4, 1e-4", "'adamw(1e-2, weight_decay=0.1)', 1e-2, 0.1"})
    void theUpdatesAreOptaxs(String name, double learningRate, double weightDecay) throws IOException {
        JsonNode golden = golden(name);
        GradientTransformation adamw = Optimizers.adamw(learningRate, 0.9, 0.999, 1e-8, weightDecay);
        try (DonatingJit jit = compile(adamw)) {
            jit.setState(Tree.dict(Map.of("params", INITIAL.map(a -> a), "state", adamw.init(INITIAL))));
            for (int i = 0; i < golden.get("updates").size(); i++) {
                step(jit, gradients(i));
            }
            jit.state()
                    .get("params")
                    .byPath()
                    .forEach((path, array) -> assertThat(((Array.Floats) array).values())
                            .as(path)
                            .containsExactly(floats(golden.get("final_params").get(path)), within(1e-6f)));
        }
    }

    @Test
    void theStateIsShapedAsOptaxs() {
        GradientTransformation adamw = Optimizers.adamw(1e-4, 0.9, 0.999, 1e-8, 1e-4);
        assertThat(adamw.init(INITIAL).byPath().keySet())
                .containsExactly(
                        "0.count", "0.mu.a", "0.mu.b.bias", "0.mu.b.kernel", "0.nu.a", "0.nu.b.bias", "0.nu.b.kernel");
    }

    private static DonatingJit compile(GradientTransformation transformation) {
        Tree<ShapeDtype> structure = Tree.dict(Map.of(
                "params", INITIAL.map(Array::shapeDtype),
                "state", transformation.init(INITIAL).map(Array::shapeDtype)));
        List<ShapeDtype> gradients = INITIAL.map(Array::shapeDtype).leaves();
        return DonatingJit.trace(structure, gradients, (tf, state, arguments) -> {
            Iterator<Operand<?>> next = arguments.iterator();
            return update(tf, transformation, state, INITIAL.map(param -> floats(next.next())));
        });
    }

    private static DonatingJit.Traced update(
            Ops tf, GradientTransformation transformation, Tree<Operand<?>> state, Tree<Operand<TFloat32>> gradients) {
        Tree<Operand<TFloat32>> params = state.get("params").map(AdamwTest::floats);
        GradientTransformation.Update update = transformation.update(tf, gradients, state.get("state"), params);
        Tree<Operand<?>> next = Tree.dict(Map.of(
                "params", Optimizers.applyUpdates(tf, params, update.updates()).map(param -> param),
                "state", update.state()));
        return new DonatingJit.Traced(next, Optimizers.globalNorm(tf, update.updates()));
    }

    private static void step(DonatingJit jit, Tree<Array.Floats> gradients) {
        List<TType> tensors =
                gradients.map(gradient -> (TType) gradient.toTensor()).leaves();
        jit.call(tensors).close();
        tensors.forEach(Tensor::close);
    }

    private static Tree<Array.Floats> gradients(int i) {
        float growing = 1 + .1f * i;
        float sign = i % 2 == 0 ? 1 : -1;
        return Tree.ofPaths(Map.of(
                "a", Array.of(Shape.of(3), 4 * growing, .6f * growing, -3 * growing),
                "b.kernel", Array.of(Shape.of(2, 2), .5f * sign, -1.5f * sign, 2 * sign, 0f),
                "b.bias", Array.of(Shape.of(2), .01f / (i + 1), -7f / (i + 1))));
    }

    private static Operand<TFloat32> floats(Operand<?> operand) {
        return operand.asOutput().expect(TFloat32.class);
    }

    private static JsonNode golden(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(AdamwTest.class.getResourceAsStream("/optimizers.json"))) {
            return new ObjectMapper().readTree(in).get("runs").get(name);
        }
    }

    private static float[] floats(JsonNode values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return floats;
    }
}
