package dev.vaestream.learning.nn;

import java.util.List;
import java.util.stream.LongStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * {@code nn.Dropout}: each element is 0 with probability {@code rate}, and divided by 1 - rate otherwise. Any shape → the
 * same; sizes of axes may be open.
 *
 * <p>With a {@link Rngs#traced key that is an argument} the mask is another one in each call of a traced function, as a
 * training loop needs it; with one that is known when the module is traced, it is always the same.
 *
 * @param rate 0 to 1; with 1 everything is 0, and so are all gradients
 * @param broadcastDims axes along which all elements are dropped or none, counted from the end where negative
 * @param deterministic whether everything passes as it is, as in evaluation
 * @param rngCollection the stream of keys that the mask is drawn from
 * @see <a href="https://jmlr.org/papers/v15/srivastava14a.html">Srivastava et al., Dropout</a>
 */
public record Dropout(double rate, List<Integer> broadcastDims, boolean deterministic, String rngCollection)
        implements Module<Operand<TFloat32>, Operand<TFloat32>> {
    public Dropout {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("rate is " + rate + "; it must be 0 to 1");
        }
        broadcastDims = List.copyOf(broadcastDims);
    }

    /** With a mask for each element, from the stream {@code dropout}. */
    public Dropout(double rate, boolean deterministic) {
        this(rate, List.of(), deterministic, "dropout");
    }

    /**
     * @throws InvalidRngException where there is neither this stream of keys nor {@code params}
     * @throws IllegalArgumentException where the input does not have an axis of {@code broadcastDims}
     */
    @Override
    public Operand<TFloat32> call(Scope scope, Operand<TFloat32> x) {
        Ops tf = scope.tf();
        if (deterministic || rate == 0) {
            return x;
        }
        if (rate == 1) {
            return tf.zerosLike(x);
        }
        float keep = (float) (1 - rate);
        Operand<TBool> kept = scope.makeRng(rngCollection).bernoulli(keep, maskShape(tf, x));
        Operand<TBool> mask = tf.broadcastTo(kept, shape(tf, x));
        return tf.select(mask, tf.math.div(x, tf.constant(keep)), tf.zerosLike(x));
    }

    private Operand<TInt32> maskShape(Ops tf, Operand<TFloat32> x) {
        int axes = x.shape().numDimensions();
        int[] shared = new int[axes];
        for (int dim : broadcastDims) {
            if (dim < -axes || dim >= axes) {
                throw new IllegalArgumentException("broadcastDims has %d, and the input %d axes".formatted(dim, axes));
            }
            shared[Math.floorMod(dim, axes)] = 1;
        }
        Operand<TInt32> shape = shape(tf, x);
        return broadcastDims.isEmpty()
                ? shape
                : tf.select(tf.math.equal(tf.constant(shared), tf.constant(1)), tf.onesLike(shape), shape);
    }

    /** As a constant where it can be one, from which TensorFlow infers the shapes of what follows. */
    private static Operand<TInt32> shape(Ops tf, Operand<TFloat32> x) {
        Shape shape = x.shape();
        return shape.hasUnknownDimension()
                ? tf.shape(x)
                : tf.constant(LongStream.of(shape.asArray())
                        .mapToInt(Math::toIntExact)
                        .toArray());
    }
}
