package dev.vaestream.vae;

import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.learning.nn.Scope;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Compiled;
import dev.vaestream.learning.tracing.Operands;
import dev.vaestream.learning.tracing.ShapeDtype;
import dev.vaestream.learning.tracing.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * The half of a trained model that makes images: {@code model.apply(params, z, c, method=model.decode)}.
 *
 * <p>Owns its graph, session and parameters. Many threads may decode at once; none may when it is closed.
 */
public final class Decoder implements AutoCloseable {
    private final ModelSpec model;
    private final List<TType> params;
    private final Compiled compiled;

    private Decoder(ModelSpec model, Tree<Array> params) {
        this.model = model;
        this.compiled = Compiled.trace(
                Tree.sequence(List.of(
                        params.map(Array::shapeDtype),
                        Tree.leaf(ShapeDtype.floats(Shape.of(Shape.UNKNOWN_SIZE, model.latentDim()))),
                        Tree.leaf(ShapeDtype.ints(Shape.of(Shape.UNKNOWN_SIZE))))),
                this::trace);
        // Last, since tracing refuses parameters that do not fit, and nobody would close these.
        this.params = params.map(Array::toTensor).leaves();
    }

    /**
     * Takes a trained model's parameters.
     *
     * @param params as in a checkpoint's {@code params.safetensors}
     * @throws RuntimeException where the model needs others; the message names the parameter
     */
    public static Decoder load(ModelSpec model, SortedMap<String, StoredArray> params) {
        return new Decoder(model, StoredArrays.restore(params));
    }

    /**
     * Makes n images.
     *
     * @param latents (n, latentDim), row-major
     * @param classes (n), each 0 to classes - 1
     * @return (n, pixels), row-major: 0 is black, 1 is white, and there is no upper bound
     */
    public float[] decode(float[] latents, int[] classes) {
        for (int c : classes) {
            if (c < 0 || c >= model.classes()) {
                throw new IllegalArgumentException("class is " + c + "; it must be 0 to " + (model.classes() - 1));
            }
        }
        if (latents.length != classes.length * model.latentDim()) {
            throw new IllegalArgumentException("%d classes need %d latents of %d numbers, not %d numbers"
                    .formatted(classes.length, classes.length, model.latentDim(), latents.length));
        }
        try (TFloat32 z = TFloat32.tensorOf(Shape.of(classes.length, model.latentDim()), DataBuffers.of(latents));
                TInt32 c = TInt32.vectorOf(classes)) {
            List<Tensor> arguments = new ArrayList<>(params);
            arguments.add(z);
            arguments.add(c);
            try (Result result = compiled.call(arguments)) {
                return ((Array.Floats) Array.of(result.get(0).asRawTensor())).values();
            }
        }
    }

    @Override
    public void close() {
        compiled.close();
        params.forEach(Tensor::close);
    }

    private Tree<Operand<?>> trace(Ops tf, Tree<Operand<?>> arguments) {
        Scope scope = Scope.apply(tf, Operands.floats(arguments.get(0)));
        Operand<TFloat32> z = Operands.floats(arguments.get(1).value());
        Operand<TInt32> c = Operands.ints(arguments.get(2).value());
        Operand<TFloat32> oneHot = tf.oneHot(c, tf.constant(model.classes()), tf.constant(1f), tf.constant(0f));
        return Tree.leaf(new Vae(model).decode(scope, z, oneHot));
    }
}
