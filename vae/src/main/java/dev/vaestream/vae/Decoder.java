package dev.vaestream.vae;

import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.learning.nn.Scope;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Jit;
import dev.vaestream.learning.tracing.ShapeDtype;
import dev.vaestream.learning.tracing.Tree;
import java.util.ArrayList;
import java.util.Iterator;
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
    private final Jit jit;

    private Decoder(ModelSpec model, Tree<Array> params) {
        this.model = model;
        List<ShapeDtype> signature =
                new ArrayList<>(params.map(Array::shapeDtype).leaves());
        signature.add(ShapeDtype.floats(Shape.of(Shape.UNKNOWN_SIZE, model.latentDim())));
        signature.add(ShapeDtype.ints(Shape.of(Shape.UNKNOWN_SIZE)));
        this.jit = Jit.trace(signature, (tf, arguments) -> List.of(trace(tf, params, arguments)));
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
            try (Result result = jit.call(arguments)) {
                return ((Array.Floats) Array.of(result.get(0).asRawTensor())).values();
            }
        }
    }

    @Override
    public void close() {
        jit.close();
        params.forEach(Tensor::close);
    }

    private Operand<?> trace(Ops tf, Tree<Array> structure, List<Operand<?>> arguments) {
        Iterator<Operand<?>> next = arguments.iterator();
        Tree<Operand<TFloat32>> variables =
                structure.map(param -> next.next().asOutput().expect(TFloat32.class));
        Operand<TFloat32> z = next.next().asOutput().expect(TFloat32.class);
        Operand<TInt32> c = next.next().asOutput().expect(TInt32.class);
        Operand<TFloat32> oneHot = tf.oneHot(c, tf.constant(model.classes()), tf.constant(1f), tf.constant(0f));
        return new Vae(model).decode(Scope.apply(tf, variables), z, oneHot);
    }
}
