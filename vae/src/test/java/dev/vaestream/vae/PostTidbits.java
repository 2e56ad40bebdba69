package dev.vaestream.vae;

import static dev.vaestream.learning.optim.Optimizers.adam;
import static dev.vaestream.learning.optim.Optimizers.sgd;
import static dev.vaestream.learning.optim.Transforms.chain;
import static dev.vaestream.learning.optim.Transforms.clipByGlobalNorm;
import static dev.vaestream.learning.optim.Transforms.ema;
import static dev.vaestream.learning.optim.Transforms.multiSteps;
import static dev.vaestream.learning.optim.Transforms.multiTransform;
import static dev.vaestream.learning.optim.Transforms.setToZero;
import static dev.vaestream.learning.tracing.Operands.floats;
import static dev.vaestream.vae.PostHelpers.apply;
import static dev.vaestream.vae.PostHelpers.subkey;
import static dev.vaestream.vae.PostHelpers.zeros;
import static dev.vaestream.vae.PostPage.show;

import dev.vaestream.learning.nn.Activation;
import dev.vaestream.learning.nn.Dense;
import dev.vaestream.learning.nn.Dropout;
import dev.vaestream.learning.nn.Module;
import dev.vaestream.learning.nn.Sequential;
import dev.vaestream.learning.optim.GradientTransformation;
import dev.vaestream.learning.optim.Schedule;
import dev.vaestream.learning.optim.Schedules;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Jit;
import dev.vaestream.learning.tracing.Operands;
import dev.vaestream.learning.tracing.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** The post's tidbits of Flax and Optax. */
final class PostTidbits {
    static final Map<String, Supplier<String>> CELLS = Map.of(
            "bind", PostTidbits::bind,
            "dropout", PostTidbits::dropout,
            "sequential", PostTidbits::sequential,
            "schedules", PostTidbits::schedules,
            "chains", PostTidbits::chains,
            "accumulation", PostTidbits::accumulation,
            "keys", PostTidbits::keys,
            "fine-tuning", PostTidbits::fineTuning);

    private PostTidbits() {}

    private static String bind() {
        // cell bind
        Dense model = new Dense(2);
        Tree<Array.Floats> params = model.init(subkey(0x1234, 3), zeros(8));
        List<Module<?, ?>> unboundModel = new ArrayList<>();
        Tree<Array> result;
        try (Jit jit = Jit.of((tf, given) -> {
            var bound = model.bind(tf, floats(given));
            Operand<TFloat32> y = bound.call(tf.constant(new float[] {1, 1, 1, 1, 1, 1, 1, 1}));
            var unbound = bound.unbind();
            unboundModel.add(unbound.module());
            return Tree.dict(Map.of("y", Tree.leaf(y), "unbound", Operands.any(unbound.variables())));
        })) {
            result = jit.call(params.map(array -> array));
        }
        // end
        return "y = " + show(result.get("y").value()) + unboundModel.get(0) + "\n" + show(result.get("unbound"));
    }

    private static String dropout() {
        // cell dropout
        Tree<Array.Floats> nothing = Tree.dict(Map.of("params", Tree.dict(Map.of())));
        Array x = Array.of(Shape.of(3, 3), subkey(0x1234, 34).normal(9));
        Array y = apply(new Dropout(0.5, false), nothing, Map.of("dropout", subkey(0x1234, 35)), x);
        // end
        return "x = " + show(x) + "y = " + show(y);
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
        StringBuilder lines = new StringBuilder("decay at 5000: %.6f%n".formatted(decay.at(5_000)));
        for (int step : new int[] {0, 500, 999, 1_000, 5_500, 10_000}) {
            lines.append("at %d: %.8f%n".formatted(step, warmupAndDecay.at(step)));
        }
        return lines + "adam's state:\n" + show(optimizer.init(Tree.leaf(Array.zeros(Shape.of(1)))));
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
        return updates.stream().map(PostPage::number).toList().toString();
    }

    // cell pretrained
    /** Stands for the pretrained model of the post, which comes from a hub. */
    static Tree<Array.Floats> pretrained() {
        return Tree.ofPaths(Map.of(
                "bert.embeddings", Array.of(Shape.of(2), 1f, 1f),
                "classifier.bias", Array.of(Shape.of(2), 0f, 0f),
                "classifier.kernel", Array.of(Shape.of(2, 2), -0.06871808f, -0.06338844f, -0.03397266f, 0.00899913f)));
    }
    // end

    private static String keys() {
        // cell keys
        Set<String> keys = ((Tree.Dict<Array.Floats>) pretrained()).children().keySet();
        // end
        return keys.toString();
    }

    private static String fineTuning() {
        // cell fine-tuning
        Tree<Array.Floats> params = pretrained();
        GradientTransformation optimizer = multiTransform(
                Map.of("train", adam(1e-3), "freeze", setToZero()),
                path -> path.startsWith("bert.") ? "freeze" : "train");
        Tree<Array> grads = params.map(array -> {
            float[] ones = new float[array.values().length];
            Arrays.fill(ones, 1);
            return Array.of(array.shape(), ones);
        });
        Tree<Array> updates;
        try (Jit update = Jit.of((tf, given) -> Operands.any(optimizer
                .update(tf, floats(given.get(0)), given.get(1), floats(given.get(2)))
                .updates()))) {
            updates = update.call(Tree.sequence(List.of(grads, optimizer.init(params), params.map(array -> array))));
        }
        boolean frozen =
                updates.get("bert").reduce(true, (all, array) -> all && array.equals(Array.zeros(array.shape())));
        // end
        return show(updates) + "all zero in bert: " + frozen;
    }
}
