package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * {@code optax.ema}: an average of the updates, not of the parameters: e = decay · e + (1 - decay)u, divided by
 * 1 - decayᵗ where {@code debias} is set; what is kept is not divided.
 *
 * <p>State: {@code count}, {@code ema}.
 */
record Ema(double decay, boolean debias) implements Leafwise {
    private static final String EMA = "ema";

    @Override
    public Tree<Array> init(Tree<Array.Floats> params) {
        return Tree.dict(Map.of(State.COUNT, State.zero(), EMA, State.zeros(params)));
    }

    @Override
    public Update update(
            Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state, Tree<Operand<TFloat32>> params) {

        Operand<TInt32> count = State.increment(tf, State.integer(state.get(State.COUNT)));
        Tree<Operand<TFloat32>> ema = State.average(tf, decay, state.get(EMA), updates);
        return new Update(
                debias ? State.divide(tf, ema, State.correction(tf, decay, count)) : ema,
                Tree.dict(Map.of(State.COUNT, Tree.leaf(count), EMA, State.any(ema))));
    }
}
