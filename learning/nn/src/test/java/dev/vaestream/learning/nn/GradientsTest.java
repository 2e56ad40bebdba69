package dev.vaestream.learning.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vaestream.learning.optim.Losses;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Jit;
import dev.vaestream.learning.tracing.Operands;
import dev.vaestream.learning.tracing.Tree;
import dev.vaestream.learning.tracing.ValueAndGrad;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The gradient of everything that a model can be made of, against differences of its value along random directions. */
class GradientsTest {
    private static final Shape INPUT = Shape.of(2, 4, 6);
    private static final float STEP = 1 / 128f;
    private static final Map<String, Module<Operand<TFloat32>, Operand<TFloat32>>> MODULES = modules();

    private static Map<String, Module<Operand<TFloat32>, Operand<TFloat32>>> modules() {
        Map<String, Module<Operand<TFloat32>, Operand<TFloat32>>> modules = new TreeMap<>();
        modules.put("Dense", new Dense(5));
        modules.put("Dense without bias", new Dense(5, false));
        modules.put("FeedForward", new FeedForward(List.of(5, 3), Activation.TANH, false));
        modules.put("Sequential", new Sequential(List.of(new Dense(4), Activation.SILU.asLayer(), new Dense(2))));
        modules.put("Dropout", new Dropout(0.5, false));
        modules.put("Dropout of all", new Dropout(1, false));
        modules.put("LayerNorm", new LayerNorm(0.5, true, true));
        modules.put("Conv over one axis", new Conv(3, List.of(3)));
        modules.put("Conv over two axes", (scope, x) -> {
            Operand<TFloat32> images = scope.tf().reshape(x, scope.tf().constant(new long[] {2, 4, 3, 2}));
            return scope.call(new Conv(3, List.of(2, 2), List.of(2, 1), Conv.Padding.SAME, true), images);
        });
        modules.put("Dropout of whole rows", new Dropout(0.5, List.of(-1), false, "dropout"));
        modules.put("Embed.attend", (scope, x) -> {
            Operand<TFloat32> queries = scope.tf().reshape(x, scope.tf().constant(new long[] {8, 6}));
            Embed embed = new Embed(4, 6);
            return scope.callMethod("embed", embed, inner -> embed.attend(inner, queries));
        });
        modules.put("Embed", (scope, x) -> {
            Operand<TFloat32> rows =
                    scope.call(new Embed(4, 6), scope.tf().constant(new int[][] {{0, 3, 3, 1}, {2, 0, 1, 1}}));
            return scope.tf().math.mul(rows, x);
        });
        modules.put("relu", Activation.RELU.asLayer());
        modules.put("tanh", Activation.TANH.asLayer());
        modules.put("sigmoid", Activation.SIGMOID.asLayer());
        modules.put("softplus", Activation.SOFTPLUS.asLayer());
        modules.put("silu", Activation.SILU.asLayer());
        modules.put("elu", Activation.ELU.asLayer());
        modules.put("gelu", Activation.GELU.asLayer());
        modules.put("l2Loss", (scope, x) -> Losses.l2Loss(scope.tf(), x, halves(scope.tf())));
        modules.put("huberLoss", (scope, x) -> Losses.huberLoss(scope.tf(), x, halves(scope.tf()), 1));
        modules.put(
                "sigmoidBinaryCrossEntropy",
                (scope, x) -> Losses.sigmoidBinaryCrossEntropy(scope.tf(), x, halves(scope.tf())));
        modules.put("softmaxCrossEntropy", (scope, x) -> {
            Operand<TFloat32> sixths = scope.tf()
                    .fill(scope.tf().constant(INPUT.asArray()), scope.tf().constant(1 / 6f));
            return Losses.softmaxCrossEntropy(scope.tf(), x, sixths);
        });
        modules.put(
                "softmaxCrossEntropyWithIntegerLabels",
                (scope, x) -> Losses.softmaxCrossEntropyWithIntegerLabels(
                        scope.tf(), x, scope.tf().constant(new int[][] {{0, 1, 2, 3}, {4, 5, 0, 1}})));
        modules.put("cosineSimilarity", (scope, x) -> Losses.cosineSimilarity(scope.tf(), x, halves(scope.tf()), 1e-8));
        modules.put("cosineDistance", (scope, x) -> Losses.cosineDistance(scope.tf(), halves(scope.tf()), x, 1e-8));
        modules.put("squaredError", (scope, x) -> Losses.squaredError(scope.tf(), halves(scope.tf()), x));
        modules.put("logCosh", (scope, x) -> Losses.logCosh(scope.tf(), x, halves(scope.tf())));
        modules.put("smoothLabels", (scope, x) -> Losses.smoothLabels(scope.tf(), x, 0.1));
        modules.put("gaussianKl by mean", (scope, x) -> Losses.gaussianKl(scope.tf(), x, halves(scope.tf())));
        modules.put("gaussianKl by logvar", (scope, x) -> Losses.gaussianKl(scope.tf(), halves(scope.tf()), x));
        return modules;
    }

    @ParameterizedTest
    @MethodSource("names")
    void theGradientIsTheSlope(String name) {
        Module<Operand<TFloat32>, Operand<TFloat32>> module = MODULES.get(name);
        Map<String, PrngKey> rngs = Map.of("dropout", PrngKey.of(3));
        PrngKey[] keys = PrngKey.of(7).split(6);
        Tree<Array.Floats> variables = module.init(
                Map.of("params", keys[0], "dropout", PrngKey.of(3)),
                tf -> Trial.example(INPUT.asArray()).apply(tf));
        Tree<Array> at = Tree.dict(Map.of("variables", Tree.widen(variables), "x", Tree.leaf(normal(keys[1], INPUT))));
        try (Jit jit = Jit.of((tf, given) -> {
            ValueAndGrad<Boolean> result = ValueAndGrad.of(tf, Operands.floats(given), both -> {
                Operand<TFloat32> y = module.apply(
                        tf, both.get("variables"), rngs, both.get("x").value());
                return new ValueAndGrad.WithAux<>(weighedSum(tf, y), true);
            });
            return Tree.sequence(List.of(Tree.leaf(result.value()), Operands.any(result.grads())));
        })) {
            Tree<Array> grads = jit.call(at).get(1);
            for (int i = 2; i < keys.length; i++) {
                Tree<Array> direction = direction(at, keys[i]);
                double slope = (value(jit, at, direction, STEP) - value(jit, at, direction, -STEP)) / (2 * STEP);
                assertThat(dot(grads, direction)).isCloseTo(slope, within(2e-3 * Math.max(1, Math.abs(slope))));
            }
        }
    }

    static Stream<String> names() {
        return MODULES.keySet().stream();
    }

    /** Different weights, so that no two elements can stand in for each other. */
    private static Operand<TFloat32> weighedSum(Ops tf, Operand<TFloat32> y) {
        int size = Math.toIntExact(y.shape().size());
        float[] weights = new float[size];
        for (int i = 0; i < size; i++) {
            weights[i] = (i % 7 - 3) / (float) size;
        }
        Operand<TFloat32> flat = tf.reshape(y, tf.constant(new int[] {-1}));
        return tf.reduceSum(tf.math.mul(flat, tf.constant(weights)), tf.constant(0));
    }

    private static double value(Jit jit, Tree<Array> at, Tree<Array> direction, float step) {
        Tree<Array> moved = at.map(direction, (array, way) -> {
            float[] values = floats(array).clone();
            for (int i = 0; i < values.length; i++) {
                values[i] += step * floats(way)[i];
            }
            return (Array) Array.of(array.shape(), values);
        });
        return floats(jit.call(moved).get(0).value())[0];
    }

    private static Tree<Array> direction(Tree<Array> at, PrngKey key) {
        return at.mapWithPath((path, array) -> normal(key.foldIn(path.hashCode()), array.shape()));
    }

    private static double dot(Tree<Array> one, Tree<Array> other) {
        double sum = 0;
        for (double product : one.map(other, (a, b) -> {
                    double part = 0;
                    for (int i = 0; i < floats(a).length; i++) {
                        part += (double) floats(a)[i] * floats(b)[i];
                    }
                    return part;
                })
                .leaves()) {
            sum += product;
        }
        return sum;
    }

    private static Array normal(PrngKey key, Shape shape) {
        return Array.of(shape, key.normal(Math.toIntExact(shape.size())));
    }

    private static Operand<TFloat32> halves(Ops tf) {
        return tf.fill(tf.constant(INPUT.asArray()), tf.constant(0.5f));
    }

    private static float[] floats(Array array) {
        return ((Array.Floats) array).values();
    }
}
