package dev.vaestream.learning.nn;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * {@code nn.Sequential}: layers one after another, named {@code layers_0}, {@code layers_1} and so on by their place;
 * {@link Activation#asLayer functions} count too.
 */
public record Sequential(List<Module<Operand<TFloat32>, Operand<TFloat32>>> layers)
        implements Module<Operand<TFloat32>, Operand<TFloat32>> {
    /** @throws IllegalArgumentException where there is no layer */
    public Sequential {
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("Empty Sequential module; it needs one layer at least");
        }
        layers = List.copyOf(layers);
    }

    @Override
    public Operand<TFloat32> call(Scope scope, Operand<TFloat32> x) {
        Operand<TFloat32> y = x;
        for (int i = 0; i < layers.size(); i++) {
            y = scope.call("layers_" + i, layers.get(i), y);
        }
        return y;
    }
}
