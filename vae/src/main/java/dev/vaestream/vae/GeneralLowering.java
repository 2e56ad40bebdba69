package dev.vaestream.vae;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.learning.optim.GradientTransformation;
import dev.vaestream.learning.optim.Optimizers;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.DonatingJit;
import dev.vaestream.learning.tracing.Operands;
import dev.vaestream.learning.tracing.Placement;
import dev.vaestream.learning.tracing.ShapeDtype;
import dev.vaestream.learning.tracing.Snapshot;
import dev.vaestream.learning.tracing.Tree;
import dev.vaestream.learning.tracing.ValueAndGrad;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** Any model and any optimizer: the model's own trace, its gradients by TensorFlow, the next state assigned. */
final class GeneralLowering implements Lowering {
    private final RunSpec spec;
    private final Vae vae;
    private final GradientTransformation optimizer;
    private final DonatingJit jit;
    private final TUint8 images;
    private final TUint8 labels;
    private final TFloat32 noise;

    GeneralLowering(
            RunSpec spec,
            GradientTransformation optimizer,
            Tree<ShapeDtype> structure,
            int batchSize,
            Placement placement) {
        this.spec = spec;
        this.vae = new Vae(spec.model());
        this.optimizer = optimizer;
        Shape imagesShape = Shape.of(batchSize, spec.model().pixels());
        Shape labelsShape = Shape.of(batchSize);
        Shape noiseShape = Shape.of(batchSize, spec.model().latentDim());
        this.jit = DonatingJit.trace(
                placement,
                structure,
                List.of(ShapeDtype.bytes(imagesShape), ShapeDtype.bytes(labelsShape), ShapeDtype.floats(noiseShape)),
                this::trace);
        this.images = TUint8.tensorOf(imagesShape);
        this.labels = TUint8.tensorOf(labelsShape);
        this.noise = TFloat32.tensorOf(noiseShape);
    }

    @Override
    public void setState(Tree<Array> state) {
        jit.setState(state);
    }

    @Override
    public Snapshot<Tree<Array>> snapshot() {
        return jit.snapshot();
    }

    @Override
    public void run(ByteString images, ByteString labels, float[] noise, float[] measured) {
        this.images.asRawTensor().data().write(images.toByteArray());
        this.labels.asRawTensor().data().write(labels.toByteArray());
        this.noise.asRawTensor().data().asFloats().write(noise);
        try (Result result = jit.call(List.of(this.images, this.labels, this.noise))) {
            TFloat32 values = (TFloat32) result.get(0);
            for (int i = 0; i < measured.length; i++) {
                measured[i] = values.getFloat(i);
            }
        }
    }

    @Override
    public byte[] graphBytes() {
        return jit.graphBytes();
    }

    @Override
    public void close() {
        jit.close();
        images.close();
        labels.close();
        noise.close();
    }

    private DonatingJit.Traced trace(Ops tf, Tree<Operand<?>> state, List<Operand<?>> arguments) {
        Tree<Operand<TFloat32>> params = Operands.floats(state.get(TrainStep.PARAMS));
        Vae.Input input =
                Vae.input(tf, spec.model(), arguments.get(0), arguments.get(1), Operands.floats(arguments.get(2)));
        ValueAndGrad<VaeLoss> step = ValueAndGrad.of(tf, params, path -> !optimizer.freezes(path), variables -> {
            Vae.Output output = vae.apply(tf, variables, input);
            VaeLoss loss = VaeLoss.of(tf, output, input.x(), spec.klWeight());
            return new ValueAndGrad.WithAux<>(loss.loss(), loss);
        });
        GradientTransformation.Update update =
                optimizer.update(tf, step.grads(), state.get(TrainStep.OPTIMIZER), params);
        Tree<Operand<?>> next = Tree.dict(Map.of(
                TrainStep.PARAMS,
                Operands.any(Optimizers.applyUpdates(tf, params, update.updates())),
                TrainStep.OPTIMIZER,
                update.state()));
        VaeLoss loss = step.aux();
        return new DonatingJit.Traced(
                next,
                tf.stack(List.of(
                        loss.loss(),
                        loss.mse(),
                        loss.kl(),
                        Optimizers.globalNorm(tf, step.grads()),
                        optimizer
                                .learningRate(tf, state.get(TrainStep.OPTIMIZER))
                                .orElseGet(() -> tf.constant(0f)))));
    }
}
