package dev.vaestream.vae;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.NumericFingerprint;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.learning.nn.Scope;
import dev.vaestream.learning.optim.GradientTransformation;
import dev.vaestream.learning.optim.Optimizers;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.DonatingJit;
import dev.vaestream.learning.tracing.ShapeDtype;
import dev.vaestream.learning.tracing.Tree;
import dev.vaestream.learning.tracing.ValueAndGrad;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.RawTensor;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * One optimizer call on one batch, compiled for a run. Equal states, batches and noise give equal next states, bit for
 * bit, on machines with the same {@link #numeric fingerprint}.
 *
 * <p>Owns TensorFlow's graph, session and feed tensors: for one thread at a time, closed by whoever compiled it.
 */
public final class TrainStep implements AutoCloseable {
    private static final String PARAMS = "params";
    private static final String OPTIMIZER = "optimizer";
    private static final float MAX_PIXEL = 255;

    private final RunSpec spec;
    private final Vae vae;
    private final GradientTransformation optimizer;
    private final Tree<ShapeDtype> structure;
    private final DonatingJit jit;
    private final TUint8 images;
    private final TUint8 labels;
    private final TFloat32 noise;

    private TrainStep(RunSpec spec, int batchSize) {
        ModelSpec model = spec.model();
        this.spec = spec;
        this.vae = new Vae(model);
        this.optimizer = OptimizerFactory.create(spec.optimizer());
        this.structure = state(PrngKey.of(0)).map(Array::shapeDtype);
        Shape imagesShape = Shape.of(batchSize, model.pixels());
        Shape labelsShape = Shape.of(batchSize);
        Shape noiseShape = Shape.of(batchSize, model.latentDim());
        this.jit = DonatingJit.trace(
                structure,
                List.of(ShapeDtype.bytes(imagesShape), ShapeDtype.bytes(labelsShape), ShapeDtype.floats(noiseShape)),
                this::trace);
        this.images = TUint8.tensorOf(imagesShape);
        this.labels = TUint8.tensorOf(labelsShape);
        this.noise = TFloat32.tensorOf(noiseShape);
    }

    /** Compiles the step of a run on batches of one size; its state is unset until {@link #restore}. */
    public static TrainStep compile(RunSpec spec, int batchSize) {
        return new TrainStep(spec, batchSize);
    }

    /** The first state of a run whose parameters are drawn from {@code modelKey}; changes nothing here. */
    public TrainState init(PrngKey modelKey) {
        return stored(state(modelKey));
    }

    /** Sets the state. */
    public void restore(TrainState state) {
        jit.setState(Tree.dict(Map.of(
                PARAMS, StoredArrays.restore(structure.get(PARAMS), state.params()),
                OPTIMIZER, StoredArrays.restore(structure.get(OPTIMIZER), state.optimizer()))));
    }

    /** A copy of the state. */
    public TrainState state() {
        return stored(jit.state());
    }

    /**
     * Makes one step.
     *
     * @param images (batch, pixels) in row-major order, one unsigned byte a pixel
     * @param labels (batch), one unsigned byte each, less than the number of classes
     * @param noise (batch, latentDim) of N(0, 1)
     */
    public StepResult run(ByteString images, ByteString labels, float[] noise) {
        write("images", this.images.asRawTensor(), images);
        write("labels", this.labels.asRawTensor(), labels);
        this.noise.asRawTensor().data().asFloats().write(noise);
        try (Result result = jit.call(List.of(this.images, this.labels, this.noise))) {
            TFloat32 measured = (TFloat32) result.get(0);
            return new StepResult(
                    new Losses(measured.getFloat(0), measured.getFloat(1), measured.getFloat(2)),
                    OptimizerFactory.learningRate(spec.optimizer()),
                    measured.getFloat(3));
        }
    }

    /** SHA-256 of the graph: part of a run's identity. */
    public Sha256 graphDigest() {
        return Sha256.of(jit.graphBytes());
    }

    public NumericFingerprint numeric() {
        return Numerics.here();
    }

    @Override
    public void close() {
        jit.close();
        images.close();
        labels.close();
        noise.close();
    }

    private DonatingJit.Traced trace(Ops tf, Tree<Operand<?>> state, List<Operand<?>> arguments) {
        Tree<Operand<TFloat32>> params =
                state.get(PARAMS).map(param -> param.asOutput().expect(TFloat32.class));
        Operand<TFloat32> x = tf.math.div(tf.dtypes.cast(arguments.get(0), TFloat32.class), tf.constant(MAX_PIXEL));
        Vae.Input input = new Vae.Input(
                x,
                tf.oneHot(
                        arguments.get(1).asOutput().expect(TUint8.class),
                        tf.constant(spec.model().classes()),
                        tf.constant(1f),
                        tf.constant(0f)),
                arguments.get(2).asOutput().expect(TFloat32.class));
        ValueAndGrad<VaeLoss> step = ValueAndGrad.of(tf, params, variables -> {
            Vae.Output output = vae.call(Scope.apply(tf, variables), input);
            VaeLoss loss = VaeLoss.of(tf, output, x, spec.klWeight());
            return new ValueAndGrad.WithAux<>(loss.loss(), loss);
        });
        GradientTransformation.Update update = optimizer.update(tf, step.grads(), state.get(OPTIMIZER), params);
        Tree<Operand<?>> next = Tree.dict(Map.of(
                PARAMS, Optimizers.applyUpdates(tf, params, update.updates()).map(param -> param),
                OPTIMIZER, update.state()));
        VaeLoss loss = step.aux();
        return new DonatingJit.Traced(
                next, tf.stack(List.of(loss.loss(), loss.mse(), loss.kl(), Optimizers.globalNorm(tf, step.grads()))));
    }

    private Tree<Array> state(PrngKey modelKey) {
        Tree<Array.Floats> params = vae.init(modelKey, this::example);
        return Tree.dict(Map.of(PARAMS, params.map(param -> param), OPTIMIZER, optimizer.init(params)));
    }

    private Vae.Input example(Ops tf) {
        ModelSpec model = spec.model();
        return new Vae.Input(
                placeholder(tf, model.pixels()), placeholder(tf, model.classes()), placeholder(tf, model.latentDim()));
    }

    private static Operand<TFloat32> placeholder(Ops tf, int features) {
        return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(1, features)));
    }

    private static TrainState stored(Tree<Array> state) {
        return new TrainState(StoredArrays.store(state.get(PARAMS)), StoredArrays.store(state.get(OPTIMIZER)));
    }

    private static void write(String what, RawTensor tensor, ByteString bytes) {
        if (tensor.numBytes() != bytes.size()) {
            throw new IllegalArgumentException(
                    "The step takes " + tensor.numBytes() + " bytes of " + what + ", not " + bytes.size());
        }
        tensor.data().write(bytes.toByteArray());
    }
}
