package dev.vaestream.vae;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/** A dense layer of the split step, there and back. */
record SplitLayer(Ops tf, Slot kernel, Slot bias) {
    Operand<TFloat32> forward(Operand<TFloat32> x) {
        return tf.nn.biasAdd(tf.linalg.matMul(x, kernel.read()), bias.read());
    }

    boolean isTrained() {
        return kernel.isTrained() || bias.isTrained();
    }

    /** Takes the gradient of its output for what it trains. */
    void gradients(Operand<TFloat32> x, Operand<TFloat32> g) {
        gradients(x, g, tf.nn.biasAddGrad(g));
    }

    /** The same where somebody has summed up the gradient for a bias. */
    void gradients(Operand<TFloat32> x, Operand<TFloat32> g, Operand<TFloat32> biasGradient) {
        if (kernel.isTrained()) {
            kernel.gradient(tf.linalg.matMul(x, g, MatMul.transposeA(true)));
        }
        if (bias.isTrained()) {
            bias.gradient(biasGradient);
        }
    }

    /** The gradient of its input. */
    Operand<TFloat32> input(Operand<TFloat32> g) {
        MatMul<TFloat32> product = tf.linalg.matMul(g, kernel.read(), MatMul.transposeB(true));
        kernel.readBy(product);
        return product;
    }
}
