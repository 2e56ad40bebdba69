package dev.vaestream.learning.nn;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A stack of dense layers, each followed by the activation. x: (batch, in) → (batch, last of dimensions).
 *
 * @param dimensions the layers' features
 * @param dropLastActivation whether the last layer's output stays as it is
 */
public record FeedForward(List<Integer> dimensions, Activation activation, boolean dropLastActivation)
        implements Module<Operand<TFloat32>, Operand<TFloat32>> {
    public FeedForward {
        dimensions = List.copyOf(dimensions);
    }

    @Override
    public Operand<TFloat32> call(Scope scope, Operand<TFloat32> x) {
        Operand<TFloat32> y = x;
        for (int layer = 0; layer < dimensions.size(); layer++) {
            y = scope.call(new Dense(dimensions.get(layer)), y);
            if (layer < dimensions.size() - 1 || !dropLastActivation) {
                y = activation.apply(scope.tf(), y);
            }
        }
        return y;
    }
}
