package dev.vaestream.learning.nn;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * {@code nn.Dense}: x · kernel + bias. x: (batch, in) → (batch, features).
 *
 * <p>Parameters: {@code kernel} (in, features), LeCun normal, and {@code bias} (features), zero.
 */
public record Dense(long features) implements Module<Operand<TFloat32>, Operand<TFloat32>> {
    public Dense {
        if (features < 1) {
            throw new IllegalArgumentException("features is " + features + "; it must be at least 1");
        }
    }

    @Override
    public Operand<TFloat32> call(Scope scope, Operand<TFloat32> x) {
        long in = x.shape().get(x.shape().numDimensions() - 1);
        Operand<TFloat32> kernel = scope.param("kernel", Initializers::lecunNormal, Shape.of(in, features));
        Operand<TFloat32> bias = scope.param("bias", Initializers::zeros, Shape.of(features));
        return scope.tf().nn.biasAdd(scope.tf().linalg.matMul(x, kernel), bias);
    }
}
