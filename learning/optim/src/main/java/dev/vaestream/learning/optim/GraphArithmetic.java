package dev.vaestream.learning.optim;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** In single precision, in a graph. */
record GraphArithmetic(Ops tf) implements Arithmetic<Operand<TFloat32>> {
    @Override
    public Operand<TFloat32> constant(double value) {
        return tf.constant((float) value);
    }

    @Override
    public Operand<TFloat32> add(Operand<TFloat32> a, Operand<TFloat32> b) {
        return tf.math.add(a, b);
    }

    @Override
    public Operand<TFloat32> sub(Operand<TFloat32> a, Operand<TFloat32> b) {
        return tf.math.sub(a, b);
    }

    @Override
    public Operand<TFloat32> mul(Operand<TFloat32> a, Operand<TFloat32> b) {
        return tf.math.mul(a, b);
    }

    @Override
    public Operand<TFloat32> div(Operand<TFloat32> a, Operand<TFloat32> b) {
        return tf.math.div(a, b);
    }

    @Override
    public Operand<TFloat32> min(Operand<TFloat32> a, Operand<TFloat32> b) {
        return tf.math.minimum(a, b);
    }

    @Override
    public Operand<TFloat32> max(Operand<TFloat32> a, Operand<TFloat32> b) {
        return tf.math.maximum(a, b);
    }

    @Override
    public Operand<TFloat32> pow(Operand<TFloat32> base, Operand<TFloat32> exponent) {
        return tf.math.pow(base, exponent);
    }

    @Override
    public Operand<TFloat32> cos(Operand<TFloat32> radians) {
        return tf.math.cos(radians);
    }

    @Override
    public Operand<TFloat32> floor(Operand<TFloat32> a) {
        return tf.math.floor(a);
    }

    @Override
    public Operand<TFloat32> ifLess(
            Operand<TFloat32> a, Operand<TFloat32> b, Operand<TFloat32> then, Operand<TFloat32> otherwise) {
        return tf.select(tf.math.less(a, b), then, otherwise);
    }
}
