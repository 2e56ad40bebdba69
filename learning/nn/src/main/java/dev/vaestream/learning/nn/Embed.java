package dev.vaestream.learning.nn;

import dev.vaestream.learning.nn.VarianceScaling.Distribution;
import dev.vaestream.learning.nn.VarianceScaling.Mode;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * {@code nn.Embed}: a row of a table for each id. ids: (…) of 0 to numEmbeddings - 1 → (…, features).
 *
 * <p>Parameter: {@code embedding} (numEmbeddings, features), normal with variance 1 / features. An id outside of the table
 * fails the call.
 */
public record Embed(long numEmbeddings, long features) implements Module<Operand<TInt32>, Operand<TFloat32>> {
    public Embed {
        if (numEmbeddings < 1 || features < 1) {
            throw new IllegalArgumentException(
                    "The table is %d × %d; both must be at least 1".formatted(numEmbeddings, features));
        }
    }

    @Override
    public Operand<TFloat32> call(Scope scope, Operand<TInt32> ids) {
        Ops tf = scope.tf();
        return tf.gatherNd(embedding(scope), tf.expandDims(ids, tf.constant(-1)));
    }

    /** {@code embed.attend}: each query's product with every row. query: (n, features) → (n, numEmbeddings). */
    public Operand<TFloat32> attend(Scope scope, Operand<TFloat32> query) {
        Ops tf = scope.tf();
        return tf.linalg.matMul(query, tf.linalg.transpose(embedding(scope), tf.constant(new int[] {1, 0})));
    }

    private Operand<TFloat32> embedding(Scope scope) {
        Initializer initializer = new VarianceScaling(1, Mode.FAN_IN, Distribution.NORMAL, -2, 0);
        return scope.param("embedding", initializer, Shape.of(numEmbeddings, features));
    }
}
