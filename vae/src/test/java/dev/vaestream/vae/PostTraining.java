package dev.vaestream.vae;

import static dev.vaestream.learning.optim.Optimizers.adamw;
import static dev.vaestream.learning.tracing.Operands.floats;
import static dev.vaestream.vae.PostHelpers.apply;
import static dev.vaestream.vae.PostHelpers.subkey;
import static dev.vaestream.vae.PostHelpers.zeros;
import static dev.vaestream.vae.PostPage.show;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.learning.nn.Activation;
import dev.vaestream.learning.nn.FeedForward;
import dev.vaestream.learning.nn.Scope;
import dev.vaestream.learning.nn.TrainState;
import dev.vaestream.learning.optim.GradientTransformation;
import dev.vaestream.learning.optim.Optimizers;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.random.Split;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Jit;
import dev.vaestream.learning.tracing.Operands;
import dev.vaestream.learning.tracing.Tree;
import dev.vaestream.learning.tracing.ValueAndGrad;
import dev.vaestream.learning.tracing.ValueAndGrad.WithAux;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The post's model, its training and its samples. */
final class PostTraining {
    static final Map<String, Supplier<String>> CELLS = Map.of(
            "loader", PostTraining::loader,
            "feed-forward", PostTraining::feedForward,
            "vae", PostTraining::vae,
            "train", PostTraining::train,
            "loop", PostTraining::loop,
            "sample", PostTraining::sample,
            "train-with-state", PostTraining::trainWithState);

    private PostTraining() {}

    private static String loader() {
        // cell loader
        PrngKey streamKey = PrngKey.of(0xffff);
        int[] epoch0 = streamKey.foldIn(0).permutation(60_000);
        int[] epoch1 = streamKey.foldIn(1).permutation(60_000);
        int[] firstBatch = Arrays.copyOf(epoch0, 16);
        // end
        return Arrays.toString(firstBatch) + "\n" + Arrays.toString(Arrays.copyOf(epoch1, 16));
    }

    private static String feedForward() {
        // cell feed-forward
        FeedForward model = new FeedForward(List.of(4, 2, 1), Activation.RELU, true);
        Tree<Array.Floats> params = model.init(subkey(0x1234, 5), zeros(1, 8));
        Array x = Array.of(Shape.of(1, 8), subkey(0x1234, 6).normal(8));
        Array y = apply(model, params, Map.of(), x);
        // end
        return model + "\n" + show(params) + "y = " + show(y);
    }

    private static String vae() {
        // cell vae
        Vae model = new Vae(new ModelSpec(4, List.of(256, 128, 64), List.of(128, 256, 784), 10));
        Tree<Array.Floats> params = model.init(subkey(0x1234, 1), tf -> Vae.example(tf, model.spec()));
        Tree<Array> batch = Tree.dict(Map.of(
                "x", Tree.leaf(Array.zeros(Shape.of(16, 784))),
                "c", Tree.leaf(Array.zeros(Shape.of(16, 10))),
                "noise", Tree.leaf(Array.of(Shape.of(16, 4), subkey(0x1234, 2).normal(16 * 4)))));
        Tree<Array> output;
        try (Jit jit = Jit.of((tf, given) -> {
            Vae.Output result = model.apply(tf, floats(given.get("params")), input(given.get("batch")));
            return Tree.sequence(List.of(
                    Tree.leaf(result.reconstruction()),
                    Tree.leaf(result.posterior().mean()),
                    Tree.leaf(result.posterior().logvar())));
        })) {
            output = jit.call(Tree.dict(Map.of("params", params.map(array -> array), "batch", batch)));
        }
        // end
        return model + "\n" + output.leaves();
    }

    // cell step
    /** Images, one-hot classes and noise, as they come into a graph. */
    static Vae.Input input(Tree<Operand<?>> batch) {
        return new Vae.Input(
                floats(batch.get("x").value()),
                floats(batch.get("c").value()),
                floats(batch.get("noise").value()));
    }

    /** jax.value_and_grad(loss_fn, has_aux=True). */
    static ValueAndGrad<VaeLoss> lossAndGrads(
            Ops tf, Vae model, Tree<Operand<TFloat32>> params, Vae.Input batch, double klWeight) {
        return ValueAndGrad.of(tf, params, variables -> {
            Vae.Output output = model.apply(tf, variables, batch);
            VaeLoss loss = VaeLoss.of(tf, output, batch.x(), klWeight);
            return new WithAux<>(loss.loss(), loss);
        });
    }

    /** The post's first train_step: parameters and optimizer state go in and come out one beside the other. */
    static Jit.Function trainStep(Vae model, GradientTransformation optimizer) {
        return (tf, given) -> {
            Tree<Operand<TFloat32>> params = floats(given.get("params"));
            ValueAndGrad<VaeLoss> result = lossAndGrads(tf, model, params, input(given.get("batch")), 0.5);
            GradientTransformation.Update update = optimizer.update(tf, result.grads(), given.get("optState"), params);
            return Tree.dict(Map.of(
                    "params", Operands.any(Optimizers.applyUpdates(tf, params, update.updates())),
                    "optState", update.state(),
                    "losses", losses(result.aux())));
        };
    }

    static Tree<Operand<?>> losses(VaeLoss loss) {
        return Tree.dict(
                Map.of("loss", Tree.leaf(loss.loss()), "mse", Tree.leaf(loss.mse()), "kl", Tree.leaf(loss.kl())));
    }
    // end

    private static String train() {
        Tree<Array> batch = patternedBatch();
        List<String> lines = new ArrayList<>();
        // cell train
        Vae model = new Vae(ModelSpec.DEFAULT);
        GradientTransformation optimizer = adamw(1e-4);
        Tree<Array> params = model.init(subkey(0x1234, 3), tf -> Vae.example(tf, model.spec()))
                .map(array -> array);
        Tree<Array> optState = optimizer.init(params.map(array -> (Array.Floats) array));
        try (Jit trainStep = Jit.of(trainStep(model, optimizer))) {
            for (int i = 0; i < 3; i++) {
                Tree<Array> result =
                        trainStep.call(Tree.dict(Map.of("params", params, "optState", optState, "batch", batch)));
                params = result.get("params");
                optState = result.get("optState");
                lines.add(show(result.get("losses")));
            }
            lines.add("traced " + trainStep.traces() + " time");
        }
        // end
        return String.join("", lines);
    }

    private static String loop() {
        MnistBatches loader = new MnistBatches();
        Vae model = new Vae(ModelSpec.DEFAULT);
        List<String> lines = new ArrayList<>();
        // cell loop
        int freq = 100;
        Split keys = PrngKey.of(0xffff).split();
        TrainState<Array> state =
                TrainState.create(model.init(keys.second(), tf -> Vae.example(tf, model.spec())), adamw(1e-4));
        try (Jit trainStep = Jit.of(trainStep(model, state))) {
            Tree<Array> current = state.tree();
            double[] totals = new double[3];
            for (int i = 0; i <= 2 * freq; i++) {
                keys = keys.first().split();
                Tree<Array> batch = batch(loader.images(i), loader.labels(i), keys.second());
                Tree<Array> result = trainStep.call(Tree.dict(Map.of("state", current, "batch", batch)));
                current = result.get("state");
                totals[0] += scalar(result.get("losses").get("loss"));
                totals[1] += scalar(result.get("losses").get("mse"));
                totals[2] += scalar(result.get("losses").get("kl"));
                if (i > 0 && i % freq == 0) {
                    lines.add(String.format(
                            Locale.ROOT,
                            "epoch 0 | step %d | loss: %.2f ~ mse: %.2f. kl: %.3f",
                            i,
                            totals[0] / freq,
                            totals[1] / freq,
                            totals[2] / freq));
                    Arrays.fill(totals, 0);
                }
            }
        }
        // end
        return String.join("\n", lines);
    }

    // cell batch
    /** Pixels over 255, classes one-hot, noise drawn from the step's key. */
    static Tree<Array> batch(ByteString images, ByteString labels, PrngKey key) {
        float[] x = new float[images.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = (images.byteAt(i) & 0xff) / 255f;
        }
        float[] c = new float[labels.size() * 10];
        for (int i = 0; i < labels.size(); i++) {
            c[i * 10 + labels.byteAt(i)] = 1;
        }
        return Tree.dict(Map.of(
                "x", Tree.leaf(Array.of(Shape.of(labels.size(), 784), x)),
                "c", Tree.leaf(Array.of(Shape.of(labels.size(), 10), c)),
                "noise", Tree.leaf(Array.of(Shape.of(labels.size(), 32), key.normal(labels.size() * 32)))));
    }

    static double scalar(Tree<Array> leaf) {
        return ((Array.Floats) leaf.value()).values()[0];
    }
    // end

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
            Scope scope = Scope.of(tf, floats(given.get("params")));
            return Tree.leaf(model.decode(scope, floats(given.get("z").value()), oneHot));
        })) {
            sample = decode.call(Tree.dict(
                            Map.of("params", params.map(array -> array), "z", Tree.leaf(z), "c", Tree.leaf(c))))
                    .value();
        }
        // end
        return "z " + z + ", c " + c + ", sample " + sample;
    }

    // cell step-with-state
    /** The post's second train_step, with everything that changes in one state. */
    static Jit.Function trainStep(Vae model, TrainState<Array> shape) {
        return (tf, given) -> {
            TrainState<Operand<?>> state = shape.withTree(given.get("state"));
            ValueAndGrad<VaeLoss> result =
                    lossAndGrads(tf, model, floats(state.params()), input(given.get("batch")), 0.5);
            TrainState<Operand<?>> next = TrainState.applyGradients(tf, state, result.grads());
            return Tree.dict(Map.of("state", next.tree(), "losses", losses(result.aux())));
        };
    }
    // end

    private static String trainWithState() {
        Vae model = new Vae(ModelSpec.DEFAULT);
        Tree<Array.Floats> params = model.init(subkey(0x1234, 3), tf -> Vae.example(tf, model.spec()));
        Tree<Array> batch = patternedBatch();
        List<String> lines = new ArrayList<>();
        // cell train-with-state
        TrainState<Array> state = TrainState.create(params, adamw(1e-4));
        try (Jit trainStep = Jit.of(trainStep(model, state))) {
            Tree<Array> current = state.tree();
            for (int i = 0; i < 3; i++) {
                Tree<Array> result = trainStep.call(Tree.dict(Map.of("state", current, "batch", batch)));
                current = result.get("state");
                lines.add(show(result.get("losses")));
            }
            lines.add("step = " + show(current.get("step").value()));
        }
        // end
        return String.join("", lines);
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
