package dev.vaestream.vae;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.NumericFingerprint;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.learning.optim.GradientTransformation;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Devices;
import dev.vaestream.learning.tracing.Placement;
import dev.vaestream.learning.tracing.ShapeDtype;
import dev.vaestream.learning.tracing.Snapshot;
import dev.vaestream.learning.tracing.Tree;
import java.util.Map;

/**
 * One optimizer call on one batch, compiled for a run. Equal states, batches and noise give equal next states, bit for
 * bit, on machines with the same {@link #numeric fingerprint}.
 *
 * <p>Owns TensorFlow's graph, session and feed tensors: for one thread at a time, closed by whoever compiled it.
 */
public final class TrainStep implements AutoCloseable {
    static final String PARAMS = "params";
    static final String OPTIMIZER = "optimizer";

    private final RunSpec spec;
    private final int batchSize;
    private final String device;
    private final Vae vae;
    private final GradientTransformation optimizer;
    private final Tree<ShapeDtype> structure;
    private final Lowering lowering;
    private final float[] measured = new float[Lowering.MEASURED];

    private TrainStep(RunSpec spec, int batchSize, boolean general) {
        boolean hasGpu = Devices.hasGpu();
        Placement placement = Placements.of(spec.device(), hasGpu);
        this.device = Placements.name(placement, hasGpu);
        this.spec = spec;
        this.batchSize = batchSize;
        this.vae = new Vae(spec.model());
        this.optimizer = OptimizerFactory.create(spec.optimizer());
        this.structure = state(PrngKey.of(0)).map(Array::shapeDtype);
        this.lowering = !general && SplitLowering.applies(spec, optimizer, structure.get(PARAMS))
                ? new SplitLowering(spec, optimizer, batchSize, placement)
                : new GeneralLowering(spec, optimizer, structure, batchSize, placement);
    }

    /**
     * Compiles the step of a run on batches of one size; its state is unset until {@link #restore}.
     *
     * @throws MissingDeviceException where the run asks for a device that is not here
     */
    public static TrainStep compile(RunSpec spec, int batchSize) {
        return new TrainStep(spec, batchSize, false);
    }

    /** The same without a faster way that some specs have: what the other is held to. */
    public static TrainStep compileGeneral(RunSpec spec, int batchSize) {
        return new TrainStep(spec, batchSize, true);
    }

    /** The first state of a run whose parameters are drawn from {@code modelKey}; changes nothing here. */
    public StoredState init(PrngKey modelKey) {
        return stored(state(modelKey));
    }

    /** Sets the state. */
    public void restore(StoredState state) {
        lowering.setState(Tree.dict(Map.of(
                PARAMS, StoredArrays.restore(structure.get(PARAMS), state.params()),
                OPTIMIZER, StoredArrays.restore(structure.get(OPTIMIZER), state.optimizer()))));
    }

    /** A copy of the state. */
    public StoredState state() {
        return Snapshot.copyOf(snapshot());
    }

    /** The state as it is now, for no more than a read of it costs; whoever takes it closes it. */
    public Snapshot<StoredState> snapshot() {
        return lowering.snapshot().map(TrainStep::stored);
    }

    /**
     * Makes one step.
     *
     * @param images (batch, pixels) in row-major order, one unsigned byte a pixel
     * @param labels (batch), one unsigned byte each, less than the number of classes
     * @param noise (batch, latentDim) of N(0, 1)
     */
    public StepResult run(ByteString images, ByteString labels, float[] noise) {
        requireSize("bytes of images", (long) batchSize * spec.model().pixels(), images.size());
        requireSize("labels", batchSize, labels.size());
        requireSize("numbers of noise", (long) batchSize * spec.model().latentDim(), noise.length);
        lowering.run(images, labels, noise, measured);
        return new StepResult(
                new Losses(measured[0], measured[1], measured[2]),
                Double.parseDouble(Float.toString(measured[Lowering.LEARNING_RATE])),
                measured[3]);
    }

    /** SHA-256 of the graph: part of a run's identity. */
    public Sha256 graphDigest() {
        return Sha256.of(lowering.graphBytes());
    }

    /** What the numbers depend on beside the graph: the library, the device and the processor. */
    public NumericFingerprint numeric() {
        return Numerics.here(device);
    }

    @Override
    public void close() {
        lowering.close();
    }

    private Tree<Array> state(PrngKey modelKey) {
        Tree<Array.Floats> params = vae.init(modelKey, tf -> Vae.example(tf, spec.model()));
        return Tree.dict(Map.of(PARAMS, Tree.widen(params), OPTIMIZER, optimizer.init(params)));
    }

    private static StoredState stored(Tree<Array> state) {
        return new StoredState(StoredArrays.store(state.get(PARAMS)), StoredArrays.store(state.get(OPTIMIZER)));
    }

    private static void requireSize(String what, long needed, long given) {
        if (given != needed) {
            throw new IllegalArgumentException("The step takes %d %s, not %d".formatted(needed, what, given));
        }
    }
}
