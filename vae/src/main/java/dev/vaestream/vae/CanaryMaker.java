package dev.vaestream.vae;

import dev.vaestream.contracts.Canary;
import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Devices;
import dev.vaestream.learning.tracing.Placement;
import dev.vaestream.learning.tracing.Tree;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Tensor;
import org.tensorflow.types.family.TType;

/**
 * Makes the canaries of a run's checkpoints: the sample of the first class with seed 0. Its graph and session are its own,
 * so it may be used beside the training step; the graph is traced once, with the first checkpoint. Thread-safe.
 */
public final class CanaryMaker implements AutoCloseable {
    private static final Bucket BUCKET = new Bucket(0, 0, 0);

    private final ModelSpec model;
    private final Placement placement;
    private @Nullable DecoderGraph graph;
    private boolean closed;

    private CanaryMaker(ModelSpec model, Placement placement) {
        this.model = model;
        this.placement = placement;
    }

    /**
     * Traces nothing yet.
     *
     * @throws MissingDeviceException where the run asks for a device that is not here
     */
    public static CanaryMaker of(RunSpec spec) {
        return new CanaryMaker(spec.model(), Placements.of(spec.device(), Devices.hasGpu()));
    }

    /**
     * Makes one.
     *
     * @param params as in a checkpoint's {@code params.safetensors}, of the same shapes each time
     * @throws IllegalStateException where it is closed
     */
    public synchronized Canary make(SortedMap<String, StoredArray> params) {
        if (closed) {
            throw new IllegalStateException("no canary is made any more; this is closed");
        }
        Tree<Array> arrays = StoredArrays.restore(params);
        if (graph == null) {
            graph = new DecoderGraph(model, arrays.map(Array::shapeDtype), placement);
        }
        List<TType> tensors = arrays.map(Array::toTensor).leaves();
        try {
            float[] images = graph.decode(tensors, BUCKET.latents(model.latentDim()), BUCKET.labels());
            return new Canary(BUCKET.label(), BUCKET.seed(), Sha256.of(Grey.of(images, 0, model.pixels())));
        } finally {
            tensors.forEach(Tensor::close);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (graph != null) {
            graph.close();
        }
    }
}
