package dev.vaestream.vae;

import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.learning.nn.Activation;
import dev.vaestream.learning.nn.Dense;
import dev.vaestream.learning.nn.FeedForward;
import dev.vaestream.learning.nn.Module;
import dev.vaestream.learning.nn.Scope;
import dev.vaestream.learning.tracing.Operands;
import dev.vaestream.learning.tracing.ShapeDtype;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * A variational autoencoder that is told the class of each image.
 *
 * <p>As in the tutorial, ReLU follows every layer of both stacks, the encoder's last and the output among them: pixels
 * are not negative, and not bounded above.
 *
 * @see <a href="https://arxiv.org/abs/1312.6114">Kingma and Welling, Auto-encoding variational Bayes</a>
 */
record Vae(ModelSpec spec) implements Module<Vae.Input, Vae.Output> {
    private static final float MAX_PIXEL = 255;
    private static final List<String> DECODER_PARAMS =
            List.of("params.post_latent_proj.", "params.class_proj.", "params.decoder.");

    /**
     * What the network sees.
     *
     * @param x images, (batch, pixels) in [0, 1]
     * @param c classes, (batch, classes) one-hot
     * @param noise (batch, latentDim) of N(0, 1)
     */
    record Input(Operand<TFloat32> x, Operand<TFloat32> c, Operand<TFloat32> noise) {}

    /**
     * What it answers.
     *
     * @param reconstruction (batch, pixels)
     * @param posterior of the latents
     */
    record Output(Operand<TFloat32> reconstruction, Posterior posterior) {}

    /** q(z|x): a normal with these means and logarithms of variances, each (batch, latentDim). */
    record Posterior(Operand<TFloat32> mean, Operand<TFloat32> logvar) {
        /** mean + noise · e^(logvar / 2), which can be differentiated where sampling cannot. */
        Operand<TFloat32> reparameterize(Ops tf, Operand<TFloat32> noise) {
            Operand<TFloat32> deviation = tf.math.exp(tf.math.mul(logvar, tf.constant(0.5f)));
            return tf.math.add(tf.math.mul(noise, deviation), mean);
        }
    }

    /** Whether {@link #decode} uses the parameter at this path. */
    static boolean isOfDecoder(String path) {
        return DECODER_PARAMS.stream().anyMatch(path::startsWith);
    }

    /** One image's input, to be told shapes by. */
    static Input example(Ops tf, ModelSpec model) {
        return new Input(row(tf, model.pixels()), row(tf, model.classes()), row(tf, model.latentDim()));
    }

    /**
     * A batch as it comes.
     *
     * @param images (batch, pixels) unsigned bytes
     * @param labels (batch) unsigned bytes
     */
    static Input input(Ops tf, ModelSpec model, Operand<?> images, Operand<?> labels, Operand<TFloat32> noise) {
        Operand<TFloat32> x = tf.math.div(tf.dtypes.cast(images, TFloat32.class), tf.constant(MAX_PIXEL));
        Operand<TFloat32> c = tf.oneHot(
                labels.asOutput().expect(TUint8.class), tf.constant(model.classes()), tf.constant(1f), tf.constant(0f));
        return new Input(x, c, noise);
    }

    private static Operand<TFloat32> row(Ops tf, int features) {
        return Operands.floats(ShapeDtype.floats(Shape.of(1, features)).placeholder(tf));
    }

    @Override
    public Output call(Scope scope, Input input) {
        Posterior posterior = encode(scope, input.x);
        Operand<TFloat32> z = posterior.reparameterize(scope.tf(), input.noise);
        return new Output(decode(scope, z, input.c), posterior);
    }

    Posterior encode(Scope scope, Operand<TFloat32> x) {
        Ops tf = scope.tf();
        Operand<TFloat32> hidden = scope.call("encoder", stack(spec.encoder()), x);
        Operand<TFloat32> both = scope.call("pre_latent_proj", new Dense(2L * spec.latentDim()), hidden);
        List<org.tensorflow.Output<TFloat32>> halves =
                tf.split(tf.constant(1), both, 2L).output();
        return new Posterior(halves.get(0), halves.get(1));
    }

    /** z: (batch, latentDim), c: (batch, classes) one-hot → (batch, pixels). */
    Operand<TFloat32> decode(Scope scope, Operand<TFloat32> z, Operand<TFloat32> c) {
        int features = spec.encoder().get(spec.encoder().size() - 1);
        Operand<TFloat32> latent = scope.call("post_latent_proj", new Dense(features), z);
        Operand<TFloat32> condition = scope.call("class_proj", new Dense(features), c);
        return scope.call("decoder", stack(spec.decoder()), scope.tf().math.add(latent, condition));
    }

    private static FeedForward stack(List<Integer> dimensions) {
        return new FeedForward(dimensions, Activation.RELU, false);
    }
}
