package dev.vaestream.vae;

import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.learning.nn.Scope;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Compiled;
import dev.vaestream.learning.tracing.Operands;
import dev.vaestream.learning.tracing.Placement;
import dev.vaestream.learning.tracing.ShapeDtype;
import dev.vaestream.learning.tracing.Tree;
import java.util.ArrayList;
import java.util.List;
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
 * {@code model.apply(params, z, c, method=model.decode)} for any number of images, and for one set of parameters after
 * another. Owns its graph and session. Many threads may decode at once; none may when it is closed.
 */
final class DecoderGraph implements AutoCloseable {
    private final ModelSpec model;
    private final Compiled compiled;

    /** @throws RuntimeException where the model needs other parameters; the message names the parameter */
    DecoderGraph(ModelSpec model, Tree<ShapeDtype> params, Placement placement) {
        this.model = model;
        this.compiled = Compiled.trace(
                placement,
                Tree.sequence(List.of(
                        params,
                        Tree.leaf(ShapeDtype.floats(Shape.of(Shape.UNKNOWN_SIZE, model.latentDim()))),
                        Tree.leaf(ShapeDtype.ints(Shape.of(Shape.UNKNOWN_SIZE))))),
                this::trace);
    }

    /**
     * Makes n images.
     *
     * @param params the leaves of the tree that it was traced for; they stay the caller's
     * @param latents (n, latentDim), row-major
     * @param classes (n), each 0 to classes - 1
     * @return (n, pixels), row-major
     */
    float[] decode(List<TType> params, float[] latents, int[] classes) {
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
    }

    /** z: (n, latentDim), c: (n) → (n, pixels). */
    static Operand<TFloat32> decode(
            Ops tf, ModelSpec model, Tree<Operand<TFloat32>> params, Operand<TFloat32> z, Operand<TInt32> c) {
        Operand<TFloat32> oneHot = tf.oneHot(c, tf.constant(model.classes()), tf.constant(1f), tf.constant(0f));
        return new Vae(model).decode(Scope.of(tf, params), z, oneHot);
    }

    private Tree<Operand<?>> trace(Ops tf, Tree<Operand<?>> arguments) {
        return Tree.leaf(decode(
                tf,
                model,
                Operands.floats(arguments.get(0)),
                Operands.floats(arguments.get(1).value()),
                Operands.ints(arguments.get(2).value())));
    }
}
