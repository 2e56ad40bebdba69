package dev.vaestream.vae;

import static dev.vaestream.learning.optim.Optimizers.adam;
import static dev.vaestream.learning.optim.Optimizers.sgd;
import static dev.vaestream.learning.tracing.Operands.floats;
import static dev.vaestream.vae.PostHelpers.subkey;
import static dev.vaestream.vae.PostHelpers.zeros;
import static dev.vaestream.vae.PostPage.show;

import dev.vaestream.learning.nn.Activation;
import dev.vaestream.learning.optim.GradientTransformation;
import dev.vaestream.learning.optim.Optimizers;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Jit;
import dev.vaestream.learning.tracing.Operands;
import dev.vaestream.learning.tracing.Tree;
import dev.vaestream.vae.PostModules.Model;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.tensorflow.ndarray.Shape;

/** The post's cells on optimizers, before it trains anything. */
final class PostOptimizers {
    static final Map<String, Supplier<String>> CELLS =
            Map.of("states", PostOptimizers::states, "update", PostOptimizers::update);

    private PostOptimizers() {}

    private static String states() {
        Tree<Array.Floats> params = new Model(4, Activation.RELU).init(subkey(0xffff, 1), zeros(1, 8));
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
}
