package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code optax.scale_by_amsgrad}: Adam whose v̂ never falls.
 *
 * <p>State: {@code count}, {@code mu}, {@code nu}, and the largest {@code nu_max}.
 *
 * @see <a href="https://openreview.net/forum?id=ryQu7f-RZ">Reddi et al., On the convergence of Adam and beyond</a>
 */
record ScaleByAmsgrad(double b1, double b2, double eps) implements Leafwise {
    private static final String NU_MAX = "nu_max";

    @Override
    public Tree<Array> init(Tree<Array.Floats> params) {
        return Tree.dict(Map.of(
                State.COUNT,
                State.zero(),
                State.MU,
                State.zeros(params),
                State.NU,
                State.zeros(params),
                NU_MAX,
                State.zeros(params)));
    }

    @Override
    public Update update(
            Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state, Tree<Operand<TFloat32>> params) {
        Moments moments = Moments.next(tf, state, updates, b1, b2);
        Tree<Operand<TFloat32>> nuMax = State.floats(state.get(NU_MAX)).map(moments.nuHat(tf, b2), tf.math::maximum);
        return new Update(
                moments.muHat(tf, b1)
                        .map(nuMax, (m, v) -> tf.math.div(m, tf.math.add(tf.math.sqrt(v), tf.constant((float) eps)))),
                Tree.dict(Map.of(
                        State.COUNT,
                        Tree.leaf(moments.count()),
                        State.MU,
                        State.any(moments.mu()),
                        State.NU,
                        State.any(moments.nu()),
                        NU_MAX,
                        State.any(nuMax))));
    }
}
