package dev.vaestream.vae;

import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Placement;
import dev.vaestream.learning.tracing.Tree;
import java.util.List;
import java.util.SortedMap;
import org.tensorflow.Tensor;
import org.tensorflow.types.family.TType;

/**
 * The half of a trained model that makes images: {@code model.apply(params, z, c, method=model.decode)}.
 *
 * <p>Owns its graph, session and parameters. Many threads may decode at once; none may when it is closed.
 */
public final class Decoder implements AutoCloseable {
    private final List<TType> params;
    private final DecoderGraph graph;

    private Decoder(ModelSpec model, Tree<Array> params) {
        this.graph = new DecoderGraph(model, params.map(Array::shapeDtype), Placement.ANY);
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
        return graph.decode(params, latents, classes);
    }

    @Override
    public void close() {
        graph.close();
        params.forEach(Tensor::close);
    }
}
