package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** {@code optax.set_to_zero}: parameters that stay as they are. */
record SetToZero() implements Leafwise {
    @Override
    public Tree<Array> init(Tree<Array.Floats> params) {
        return Tree.empty();
    }

    @Override
    public Update update(
            Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state, Tree<Operand<TFloat32>> params) {
        return new Update(updates.map(tf::zerosLike), state);
    }

    @Override
    public boolean freezes(String path) {
        return true;
    }
}
