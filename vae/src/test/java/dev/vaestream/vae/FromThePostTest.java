package dev.vaestream.vae;

import static dev.vaestream.learning.optim.Optimizers.adam;
import static dev.vaestream.learning.optim.Optimizers.adamw;
import static dev.vaestream.learning.optim.Optimizers.sgd;
import static dev.vaestream.learning.optim.Transforms.chain;
import static dev.vaestream.learning.optim.Transforms.clipByGlobalNorm;
import static dev.vaestream.learning.optim.Transforms.ema;
import static dev.vaestream.learning.optim.Transforms.multiSteps;
import static dev.vaestream.learning.optim.Transforms.multiTransform;
import static dev.vaestream.learning.optim.Transforms.setToZero;
import static dev.vaestream.learning.tracing.Operands.floats;
import static dev.vaestream.vae.PostPage.show;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.learning.nn.Activation;
import dev.vaestream.learning.nn.Dense;
import dev.vaestream.learning.nn.Dropout;
import dev.vaestream.learning.nn.FeedForward;
import dev.vaestream.learning.nn.Module;
import dev.vaestream.learning.nn.Scope;
import dev.vaestream.learning.nn.Sequential;
import dev.vaestream.learning.nn.TrainState;
import dev.vaestream.learning.optim.GradientTransformation;
import dev.vaestream.learning.optim.Optimizers;
import dev.vaestream.learning.optim.Schedule;
import dev.vaestream.learning.optim.Schedules;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Jit;
import dev.vaestream.learning.tracing.Operands;
import dev.vaestream.learning.tracing.Tree;
import dev.vaestream.learning.tracing.ValueAndGrad;
import dev.vaestream.learning.tracing.ValueAndGrad.WithAux;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** The Java of {@code docs/from-the-post.md}, which is this file's, cell by cell, and what it prints. */
class FromThePostTest {
    private static final PostPage PAGE = PostPage.read();
    private static final Map<String, Supplier<String>> CELLS = cells();

    @ParameterizedTest
    @MethodSource("names")
    void thePageShowsTheCodeThatRuns(String cell) {
        assertThat(PAGE.code(cell)).isEqualTo(PAGE.source(cell));
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void thePageShowsWhatItPrints(String cell) {
        String printed = CELLS.get(cell).get();

        assertThat(PostPage.words(printed)).isEqualTo(PostPage.words(PAGE.output(cell)));
        double[] numbers = PostPage.numbers(printed);
        double[] shown = PostPage.numbers(PAGE.output(cell));
        for (int i = 0; i < shown.length; i++) {
            assertThat(numbers[i]).isCloseTo(shown[i], within(2e-5 * Math.max(1, Math.abs(shown[i]))));
        }
    }

    @Test
    void everyCellThatPrintsIsRun() {
        assertThat(outputs()).containsExactlyInAnyOrderElementsOf(CELLS.keySet());
    }

    static List<String> names() {
        return PAGE.names();
    }

    static List<String> outputs() {
        return PAGE.names().stream().filter(PAGE::prints).toList();
    }

    private static Map<String, Supplier<String>> cells() {
        Map<String, Supplier<String>> cells = new TreeMap<>();
        cells.put("init", FromThePostTest::init);
        cells.put("hollow", FromThePostTest::hollow);
        cells.put("call", FromThePostTest::call);
        cells.put("zeros", FromThePostTest::zeros);
        cells.put("states", FromThePostTest::states);
        cells.put("update", FromThePostTest::update);
        cells.put("feed-forward", FromThePostTest::feedForward);
        cells.put("vae", FromThePostTest::vae);
        cells.put("train", FromThePostTest::train);
        cells.put("sample", FromThePostTest::sample);
        cells.put("bind", FromThePostTest::bind);
        cells.put("dropout", FromThePostTest::dropout);
        cells.put("sequential", FromThePostTest::sequential);
        cells.put("schedules", FromThePostTest::schedules);
        cells.put("chains", FromThePostTest::chains);
        cells.put("accumulation", FromThePostTest::accumulation);
        cells.put("fine-tuning", FromThePostTest::fineTuning);
        return cells;
    }

    // cell model
    /** Its layer is an attribute in the post's setup(): it has a name. */
    record Model(long dim, Activation activation) implements Module<Operand<TFloat32>, Operand<TFloat32>> {
        @Override
        public Operand<TFloat32> call(Scope scope, Operand<TFloat32> x) {
            return activation.apply(scope.tf(), scope.call("layer", new Dense(dim), x));
        }
    }

    /** The post's @nn.compact: the layer is named by its class and turn, Dense_0. */
    record ModelCompact(long dim, Activation activation) implements Module<Operand<TFloat32>, Operand<TFloat32>> {
        @Override
        public Operand<TFloat32> call(Scope scope, Operand<TFloat32> x) {
            return activation.apply(scope.tf(), scope.call(new Dense(dim), x));
        }
    }
    // end

    // cell helpers
    /** model.apply(variables, x, rngs=rngs) on arrays of the host. */
    static Array apply(
            Module<Operand<TFloat32>, Operand<TFloat32>> model,
            Tree<Array.Floats> variables,
            Map<String, PrngKey> rngs,
            Array x) {
        try (Jit jit = Jit.of((tf, given) -> Tree.leaf(model.apply(
                tf, floats(given.get("variables")), rngs, floats(given.get("x").value()))))) {
            return jit.call(Tree.dict(Map.of("variables", variables.map(array -> array), "x", Tree.leaf(x))))
                    .value();
        }
    }

    /** jnp.zeros(shape), of which init needs only the shape. */
    static Function<Ops, Operand<TFloat32>> zeros(long... shape) {
        return tf -> tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(shape)));
    }

    /** The second half of the n-th split of a chain "key, subkey = split(key)". */
    static PrngKey subkey(long seed, int n) {
        PrngKey key = PrngKey.of(seed);
        for (int i = 1; i < n; i++) {
            key = key.split().first();
        }
        return key.split().second();
    }
    // end

    private static String init() {
        // cell init
        PrngKey modelKey = subkey(0xffff, 1);
        Model model = new Model(4, Activation.RELU);
        Tree<Array.Floats> params = model.init(modelKey, zeros(1, 8));
        // end
        return show(params);
    }

    private static String hollow() {
        // cell hollow
        Model model = new Model(4, Activation.RELU);
        boolean same = model.equals(new Model(4, Activation.RELU));
        // end
        return "dim = " + model.dim() + ", equal to another with the same sizes: " + same;
    }

    private static String call() {
        Model model = new Model(4, Activation.RELU);
        Tree<Array.Floats> params = model.init(subkey(0xffff, 1), zeros(1, 8));
        // cell call
        Array x = Array.of(Shape.of(1, 8), subkey(0xffff, 5).normal(8));
        Array y = apply(model, params, Map.of(), x);
        // end
        return show(y);
    }

    private static String zeros() {
        Model model = new Model(4, Activation.RELU);
        Tree<Array.Floats> params = model.init(subkey(0xffff, 1), zeros(1, 8));
        Array x = Array.of(Shape.of(1, 8), subkey(0xffff, 5).normal(8));
        // cell zeros
        Tree<Array.Floats> zeroParams = params.map(array -> Array.zeros(array.shape()));
        Array y = apply(model, zeroParams, Map.of(), x);
        // end
        return show(y);
    }

    private static String states() {
        Tree<Array.Floats> params = Tree.dict(Map.of("bias", Tree.leaf(Array.zeros(Shape.of(4)))));
        // cell states
        Tree<Array> sgdState = sgd(1e-3).init(params);
        Tree<Array> adamState = adam(1e-3).init(params);
        // end
        return "sgd:\n" + show(sgdState) + "adam:\n" + show(adamState);
    }

    private static String update() {
        // cell update
        Array.Floats params = Array.of(Shape.of(3), 0f, 1f, 2f);
        Array.Floats grads = Array.of(Shape.of(3), 4f, 0.6f, -3f);
        GradientTransformation optimizer = adam(0.01);
        Tree<Array> state = optimizer.init(Tree.leaf(params));
        Tree<Array> result;
        try (Jit update = Jit.of((tf, given) -> {
            GradientTransformation.Update step =
                    optimizer.update(tf, floats(given.get(0)), given.get(1), floats(given.get(2)));
            return Tree.dict(Map.of(
                    "updates", Operands.any(step.updates()),
                    "newParams", Operands.any(Optimizers.applyUpdates(tf, floats(given.get(2)), step.updates()))));
        })) {
            result = update.call(Tree.sequence(List.of(Tree.leaf(grads), state, Tree.leaf(params))));
        }
        // end
        return show(result);
    }

    private static String feedForward() {
        // cell feed-forward
        FeedForward model = new FeedForward(List.of(4, 2, 1), Activation.RELU, true);
        Tree<Array.Floats> params = model.init(subkey(0x1234, 5), zeros(1, 8));
        Array x = Array.of(Shape.of(1, 8), subkey(0x1234, 6).normal(8));
        Array y = apply(model, params, Map.of(), x);
        // end
        return show(params.get("params").get("Dense_2")) + show(y);
    }

    private static String vae() {
        // cell vae
        Vae model = new Vae(new ModelSpec(4, List.of(256, 128, 64), List.of(128, 256, 784), 10));
        Tree<Array.Floats> params = model.init(subkey(0x1234, 1), tf -> Vae.example(tf, model.spec()));
        // end
        return params.leaves().stream().mapToLong(array -> array.shape().size()).sum()
                + " parameters in "
                + params.leaves().size()
                + " arrays";
    }

    // cell train-step
    /** One step of the post's training, with everything that changes in one state. */
    static Tree<Operand<?>> trainStep(
            Ops tf, TrainState<Operand<?>> state, Vae model, double klWeight, Vae.Input batch) {
        ValueAndGrad<VaeLoss> result = ValueAndGrad.of(tf, floats(state.params()), params -> {
            Vae.Output output = model.apply(tf, params, batch);
            VaeLoss loss = VaeLoss.of(tf, output, batch.x(), klWeight);
            return new WithAux<>(loss.loss(), loss);
        });
        TrainState<Operand<?>> next = TrainState.applyGradients(tf, state, result.grads());
        Tree<Operand<?>> losses = Tree.dict(Map.of(
                "loss", Tree.leaf(result.aux().loss()),
                "mse", Tree.leaf(result.aux().mse()),
                "kl", Tree.leaf(result.aux().kl())));
        return Tree.dict(Map.of("state", next.tree(), "losses", losses));
    }
    // end

    private static String train() {
        Tree<Array> batch = patternedBatch();
        List<String> lines = new ArrayList<>();
        // cell train
        Vae model = new Vae(ModelSpec.DEFAULT);
        Tree<Array.Floats> params = model.init(subkey(0x1234, 3), tf -> Vae.example(tf, model.spec()));
        TrainState<Array> state = TrainState.create(params, adamw(1e-4));
        try (Jit step = Jit.of((tf, given) -> trainStep(
                tf,
                state.withTree(given.get("state")),
                model,
                0.5,
                new Vae.Input(
                        floats(given.get("x").value()),
                        floats(given.get("c").value()),
                        floats(given.get("noise").value()))))) {
            Tree<Array> current = state.tree();
            for (int i = 0; i < 3; i++) {
                Tree<Array> result = step.call(Tree.dict(Map.of(
                        "state", current, "x", batch.get("x"), "c", batch.get("c"), "noise", batch.get("noise"))));
                lines.add(show(result.get("losses")));
                current = result.get("state");
            }
            lines.add("traced " + step.traces() + " time");
        }
        // end
        return String.join("", lines);
    }

    private static String sample() {
        Vae model = new Vae(ModelSpec.DEFAULT);
        Tree<Array.Floats> params = model.init(subkey(0x1234, 3), tf -> Vae.example(tf, model.spec()));
        // cell sample
        int samples = 100;
        Array z = Array.of(Shape.of(samples, 32), PrngKey.of(1).normal(32 * samples));
        Array c = Array.of(
                Shape.of(samples), IntStream.range(0, samples).map(i -> i / 10).toArray());
        Array sample;
        try (Jit decode = Jit.of((tf, given) -> {
            Operand<TFloat32> oneHot =
                    tf.oneHot(Operands.ints(given.get("c").value()), tf.constant(10), tf.constant(1f), tf.constant(0f));
            Scope scope = Scope.apply(tf, floats(given.get("params")));
            return Tree.leaf(model.decode(scope, floats(given.get("z").value()), oneHot));
        })) {
            sample = decode.call(Tree.dict(
                            Map.of("params", params.map(array -> array), "z", Tree.leaf(z), "c", Tree.leaf(c))))
                    .value();
        }
        // end
        return "z " + z + ", c " + c + ", sample " + sample;
    }

    private static String bind() {
        // cell bind
        Dense model = new Dense(2);
        Tree<Array.Floats> params = model.init(subkey(0x1234, 3), zeros(8));
        Tree<Array> result;
        try (Jit jit = Jit.of((tf, given) -> {
            var bound = model.bind(tf, floats(given));
            Operand<TFloat32> y = bound.call(tf.constant(new float[] {1, 1, 1, 1, 1, 1, 1, 1}));
            var unbound = bound.unbind();
            return Tree.dict(Map.of("y", Tree.leaf(y), "unbound", Operands.any(unbound.variables())));
        })) {
            result = jit.call(params);
        }
        // end
        return show(result.get("y").value()) + result.get("unbound").equals(params);
    }

    private static String dropout() {
        // cell dropout
        Tree<Array.Floats> nothing = Tree.dict(Map.of("params", Tree.dict(Map.of())));
        Array x = Array.of(Shape.of(3, 3), subkey(0x1234, 34).normal(9));
        Array y = apply(new Dropout(0.5, false), nothing, Map.of("dropout", subkey(0x1234, 35)), x);
        // end
        return show(x) + show(y);
    }

    private static String sequential() {
        // cell sequential
        Sequential model = new Sequential(List.of(new Dense(4), Activation.RELU.asLayer(), new Dense(2)));
        Tree<Array.Floats> params = model.init(PrngKey.of(0), zeros(1, 8));
        // end
        return String.join("\n", params.byPath().keySet());
    }

    private static String schedules() {
        // cell schedules
        Schedule decay = Schedules.linear(1e-3, 1e-5, 10_000);
        Schedule warmupAndDecay = Schedules.joinSchedules(
                List.of(Schedules.linear(1e-6, 1e-2, 1_000), Schedules.linear(1e-2, 1e-5, 9_000)), List.of(1_000));
        GradientTransformation optimizer = adam(warmupAndDecay);
        // end
        assertThat(optimizer.init(Tree.leaf(Array.zeros(Shape.scalar()))).byPath())
                .containsKey("1.count");
        StringBuilder lines = new StringBuilder("decay at 5000: %.6f%n".formatted(decay.at(5_000)));
        for (int step : new int[] {0, 500, 999, 1_000, 5_500, 10_000}) {
            lines.append("at %d: %.8f%n".formatted(step, warmupAndDecay.at(step)));
        }
        return lines.toString();
    }

    private static String chains() {
        // cell chains
        GradientTransformation optimizer = chain(clipByGlobalNorm(1.0), adam(1e-2), ema(0.999, true));
        // end
        return show(optimizer.init(Tree.leaf(Array.zeros(Shape.of(1)))));
    }

    private static String accumulation() {
        // cell accumulation
        GradientTransformation optimizer = multiSteps(sgd(1.0), 4);
        Tree<Array> state = optimizer.init(Tree.leaf(Array.zeros(Shape.scalar())));
        List<Float> updates = new ArrayList<>();
        try (Jit update = Jit.of((tf, given) -> {
            Tree<Operand<TFloat32>> grads = floats(given.get(0));
            GradientTransformation.Update step = optimizer.update(tf, grads, given.get(1), grads);
            return Tree.sequence(List.of(Operands.any(step.updates()), step.state()));
        })) {
            for (float gradient : new float[] {1, 2, 3, 4}) {
                Tree<Array> result =
                        update.call(Tree.sequence(List.of(Tree.leaf(Array.of(Shape.scalar(), gradient)), state)));
                updates.add(((Array.Floats) result.get(0).value()).values()[0]);
                state = result.get(1);
            }
        }
        // end
        return updates.toString();
    }

    private static String fineTuning() {
        // cell fine-tuning
        Tree<Array.Floats> params = Tree.ofPaths(Map.of(
                "bert.embeddings", Array.of(Shape.of(2), 1f, 1f),
                "classifier.bias", Array.of(Shape.of(2), 1f, 1f),
                "classifier.kernel", Array.of(Shape.of(2, 2), 1f, 1f, 1f, 1f)));
        GradientTransformation optimizer = multiTransform(
                Map.of("train", adam(1e-3), "freeze", setToZero()),
                path -> path.startsWith("bert.") ? "freeze" : "train");
        Tree<Array> updates;
        try (Jit update = Jit.of((tf, given) -> {
            Tree<Operand<TFloat32>> ones = floats(given.get(0));
            return Operands.any(optimizer.update(tf, ones, given.get(1), ones).updates());
        })) {
            updates = update.call(Tree.sequence(List.of(params.map(array -> array), optimizer.init(params))));
        }
        boolean frozen = updates.get("bert")
                .reduce(true, (all, array) -> all && Arrays.equals(((Array.Floats) array).values(), new float[2]));
        // end
        return show(updates) + "bert stays as it is: " + frozen;
    }

    /** A batch that anybody can make: x = ((31 b + 7 i) mod 256) / 255, classes in turn, noise from PRNGKey(7). */
    private static Tree<Array> patternedBatch() {
        float[] x = new float[16 * 784];
        float[] c = new float[16 * 10];
        for (int b = 0; b < 16; b++) {
            for (int i = 0; i < 784; i++) {
                x[b * 784 + i] = ((31 * b + 7 * i) % 256) / 255f;
            }
            c[b * 10 + b % 10] = 1;
        }
        return Tree.dict(Map.of(
                "x", Tree.leaf(Array.of(Shape.of(16, 784), x)),
                "c", Tree.leaf(Array.of(Shape.of(16, 10), c)),
                "noise", Tree.leaf(Array.of(Shape.of(16, 32), PrngKey.of(7).normal(16 * 32)))));
    }
}
