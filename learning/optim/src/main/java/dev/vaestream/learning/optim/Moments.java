package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What Adam and its kin keep: the count of updates and two averages.
 *
 * @param count with the update that is being made
 * @param mu average of the gradients
 * @param nu of something that tells their size, mostly their squares
 */
record Moments(Operand<TInt32> count, Tree<Operand<TFloat32>> mu, Tree<Operand<TFloat32>> nu) {
    static Tree<Array> init(Tree<Array.Floats> params) {
        return Tree.dict(
                Map.of(State.COUNT, State.zero(), State.MU, State.zeros(params), State.NU, State.zeros(params)));
    }

    /** After one more update: m = b₁m + (1-b₁)g and v = b₂v + (1-b₂)g². */
    static Moments next(Ops tf, Tree<Operand<?>> state, Tree<Operand<TFloat32>> updates, double b1, double b2) {
        return new Moments(
                State.increment(tf, State.integer(state.get(State.COUNT))),
                State.average(tf, b1, state.get(State.MU), updates),
                State.average(tf, b2, state.get(State.NU), State.squares(tf, updates)));
    }

    Moments withNu(Tree<Operand<TFloat32>> other) {
        return new Moments(count, mu, other);
    }

    /** m / (1 - b₁ᵗ). */
    Tree<Operand<TFloat32>> muHat(Ops tf, double b1) {
        return State.divide(tf, mu, State.correction(tf, b1, count));
    }

    /** v / (1 - b₂ᵗ). */
    Tree<Operand<TFloat32>> nuHat(Ops tf, double b2) {
        return State.divide(tf, nu, State.correction(tf, b2, count));
    }

    Tree<Operand<?>> state() {
        return Tree.dict(Map.of(State.COUNT, Tree.leaf(count), State.MU, State.any(mu), State.NU, State.any(nu)));
    }
}
