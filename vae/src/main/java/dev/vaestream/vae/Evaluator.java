package dev.vaestream.vae;

import dev.vaestream.contracts.LossSums;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Compiled;
import dev.vaestream.learning.tracing.Devices;
import dev.vaestream.learning.tracing.Operands;
import dev.vaestream.learning.tracing.Placement;
import dev.vaestream.learning.tracing.ShapeDtype;
import dev.vaestream.learning.tracing.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/**
 * Measures a run's loss without training: {@link VaeLoss} of given parameters on given batches. Its graph and session are
 * its own, so it may be used beside the training step; the graph is traced once, with the first parameters and batches. Thread-safe.
 */
public final class Evaluator implements AutoCloseable {
    private final RunSpec spec;
    private final Placement placement;
    private @Nullable Compiled compiled;
    private boolean closed;

    private Evaluator(RunSpec spec, Placement placement) {
        this.spec = spec;
        this.placement = placement;
    }

    /**
     * Traces nothing yet.
     *
     * @throws MissingDeviceException where the run asks for a device that is not here
     */
    public static Evaluator of(RunSpec spec) {
        return new Evaluator(spec, Placements.of(spec.device(), Devices.hasGpu()));
    }

    /**
     * Evaluates. Each batch has a loss in float32, as a step has; their sums are taken in float64 and in order, so equal
     * parameters and batches give equal means on machines with the same fingerprint.
     *
     * @param params as in a checkpoint's {@code params.safetensors}, of the same shapes each time
     * @param batches at least one, all of one size, which is the same each time
     * @return means over the batches
     * @throws IllegalStateException where it is closed
     */
    public synchronized Losses evaluate(SortedMap<String, StoredArray> params, List<EvaluationBatch> batches) {
        if (closed) {
            throw new IllegalStateException("nothing is evaluated any more; this is closed");
        }
        Tree<Array> arrays = StoredArrays.restore(params);
        if (compiled == null) {
            compiled =
                    trace(arrays.map(Array::shapeDtype), batches.get(0).labels().size());
        }
        List<TType> tensors = arrays.map(Array::toTensor).leaves();
        try {
            LossSums sums = LossSums.ZERO;
            for (EvaluationBatch batch : batches) {
                sums = sums.plus(losses(compiled, tensors, batch));
            }
            return sums.mean();
        } finally {
            tensors.forEach(Tensor::close);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (compiled != null) {
            compiled.close();
        }
    }

    private Losses losses(Compiled graph, List<TType> params, EvaluationBatch batch) {
        int size = batch.labels().size();
        try (TUint8 images = TUint8.tensorOf(Shape.of(size, spec.model().pixels()));
                TUint8 labels = TUint8.tensorOf(Shape.of(size));
                TFloat32 noise = TFloat32.tensorOf(Shape.of(size, spec.model().latentDim()))) {
            images.asRawTensor().data().write(batch.images().toByteArray());
            labels.asRawTensor().data().write(batch.labels().toByteArray());
            noise.asRawTensor().data().asFloats().write(batch.noise());
            List<Tensor> arguments = new ArrayList<>(params);
            arguments.addAll(List.of(images, labels, noise));
            try (Result result = graph.call(arguments)) {
                TFloat32 values = (TFloat32) result.get(0);
                return new Losses(values.getFloat(0), values.getFloat(1), values.getFloat(2));
            }
        }
    }

    private Compiled trace(Tree<ShapeDtype> params, int size) {
        ModelSpec model = spec.model();
        return Compiled.trace(
                placement,
                Tree.sequence(List.of(
                        params,
                        Tree.leaf(ShapeDtype.bytes(Shape.of(size, model.pixels()))),
                        Tree.leaf(ShapeDtype.bytes(Shape.of(size))),
                        Tree.leaf(ShapeDtype.floats(Shape.of(size, model.latentDim()))))),
                (tf, arguments) -> Tree.leaf(loss(tf, arguments)));
    }

    private Operand<?> loss(Ops tf, Tree<Operand<?>> arguments) {
        Vae.Input input = Vae.input(
                tf,
                spec.model(),
                arguments.get(1).value(),
                arguments.get(2).value(),
                Operands.floats(arguments.get(3).value()));
        Vae.Output output = new Vae(spec.model()).apply(tf, Operands.floats(arguments.get(0)), input);
        return tf.stack(VaeLoss.of(tf, output, input.x(), spec.klWeight()).all());
    }
}
