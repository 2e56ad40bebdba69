package dev.vaestream.vae;

import static dev.vaestream.vae.PostHelpers.apply;
import static dev.vaestream.vae.PostHelpers.subkey;
import static dev.vaestream.vae.PostHelpers.zeros;
import static dev.vaestream.vae.PostPage.show;

import dev.vaestream.learning.nn.Activation;
import dev.vaestream.learning.nn.Dense;
import dev.vaestream.learning.nn.Module;
import dev.vaestream.learning.nn.ParamNotFoundException;
import dev.vaestream.learning.nn.Scope;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import java.util.Map;
import java.util.function.Supplier;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** The post's first cells: a module, its parameters, its call. */
final class PostModules {
    static final Map<String, Supplier<String>> CELLS = Map.of(
            "init", PostModules::init,
            "print", PostModules::print,
            "hollow", PostModules::hollow,
            "call", PostModules::call,
            "zeros", PostModules::zeroParams);

    private PostModules() {}

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

    private static String init() {
        // cell init
        PrngKey modelKey = subkey(0xffff, 1);
        Model model = new Model(4, Activation.RELU);
        Tree<Array.Floats> params = model.init(modelKey, zeros(1, 8));
        // end
        return show(params);
    }

    private static String print() {
        // cell print
        Model model = new Model(4, Activation.RELU);
        String printed = model.toString();
        boolean same = model.equals(new Model(4, Activation.RELU));
        // end
        return printed + "\nequal to another of the same: " + same;
    }

    private static String hollow() {
        // cell hollow
        Model model = new Model(4, Activation.RELU);
        Tree<Array.Floats> nothing = Tree.dict(Map.of("params", Tree.dict(Map.of())));
        String error;
        try {
            error = "none: " + apply(model, nothing, Map.of(), Array.zeros(Shape.of(1, 8)));
        } catch (ParamNotFoundException e) {
            error = e.getMessage();
        }
        // end
        return error;
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

    private static String zeroParams() {
        Model model = new Model(4, Activation.RELU);
        Tree<Array.Floats> params = model.init(subkey(0xffff, 1), zeros(1, 8));
        Array x = Array.of(Shape.of(1, 8), subkey(0xffff, 5).normal(8));
        // cell zeros
        Tree<Array.Floats> zeroParams = params.map(array -> Array.zeros(array.shape()));
        Array y = apply(model, zeroParams, Map.of(), x);
        // end
        return show(zeroParams) + "y = " + show(y);
    }
}
