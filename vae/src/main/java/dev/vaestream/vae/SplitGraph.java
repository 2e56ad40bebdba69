package dev.vaestream.vae;

import dev.vaestream.contracts.ModelSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * The VAE's loss and its gradients by hand, laid out so that two threads are busy: each of the two big layers, the first
 * of the encoder and the last of the decoder, is cut in two halves of the image that meet only where their sums must.
 * Large batches are cut into towers of rows besides.
 *
 * <p>What it computes is {@link Vae} and {@link VaeLoss}; a test holds it to their gradients.
 */
final class SplitGraph {
    private static final float MAX_PIXEL = 255;

    private final Ops tf;
    private final ModelSpec model;
    private final int batchSize;
    private final float klWeight;
    private final double gradientScale;
    private final Predicate<String> frozen;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final SplitLayer left;
    private final Slot right;
    private final List<SplitLayer> encoder = new ArrayList<>();
    private final SplitLayer preLatent;
    private final SplitLayer postLatent;
    private final SplitLayer classProj;
    private final List<SplitLayer> decoder = new ArrayList<>();
    private final SplitLayer top;
    private final SplitLayer bottom;
    /** In the order of the gradients' way. */
    private final List<SplitLayer> backwards = new ArrayList<>();

    private final List<Operand<TFloat32>> squares = new ArrayList<>();
    private final List<Operand<TFloat32>> divergences = new ArrayList<>();

    /**
     * @param gradientScale is in all gradients, but not in their norm
     * @param frozen parameters that stay as they are, and whose gradients are not computed
     */
    SplitGraph(
            Ops tf, ModelSpec model, int batchSize, double klWeight, double gradientScale, Predicate<String> frozen) {
        this.tf = tf;
        this.model = model;
        this.batchSize = batchSize;
        this.klWeight = (float) klWeight;
        this.gradientScale = gradientScale;
        this.frozen = frozen;
        int pixels = model.pixels();
        int half = pixels / 2;
        int features = model.encoder().get(0);
        this.left = new SplitLayer(
                tf,
                rows("encoder.Dense_0.kernel", pixels, features, 0, half),
                whole("encoder.Dense_0.bias", Shape.of(features)));
        this.right = rows("encoder.Dense_0.kernel", pixels, features, half, pixels);
        for (int i = 1; i < model.encoder().size(); i++) {
            encoder.add(layer("encoder.Dense_" + i, features, model.encoder().get(i)));
            features = model.encoder().get(i);
        }
        this.preLatent = layer("pre_latent_proj", features, 2L * model.latentDim());
        this.postLatent = layer("post_latent_proj", model.latentDim(), features);
        this.classProj = layer("class_proj", model.classes(), features);
        int last = model.decoder().size() - 1;
        for (int i = 0; i < last; i++) {
            decoder.add(layer("decoder.Dense_" + i, features, model.decoder().get(i)));
            features = model.decoder().get(i);
        }
        this.top = columns("decoder.Dense_" + last, features, 0, half);
        this.bottom = columns("decoder.Dense_" + last, features, half, pixels);
        backwards.add(top);
        backwards.addAll(reversed(decoder));
        backwards.add(classProj);
        backwards.add(postLatent);
        backwards.add(preLatent);
        backwards.addAll(reversed(encoder));
        backwards.add(left);
    }

    List<Slot> slots() {
        return List.copyOf(slots.values());
    }

    /**
     * Adds some rows of the batch.
     *
     * @param a the first half of each image, (rows, pixels / 2) unsigned bytes
     * @param b the second half
     * @param labels (rows) unsigned bytes
     * @param noise (rows, latentDim)
     */
    void tower(Operand<TUint8> a, Operand<TUint8> b, Operand<TUint8> labels, Operand<TFloat32> noise) {
        Operand<TFloat32> xa = tf.math.div(tf.dtypes.cast(a, TFloat32.class), tf.constant(MAX_PIXEL));
        Operand<TFloat32> xb = tf.math.div(tf.dtypes.cast(b, TFloat32.class), tf.constant(MAX_PIXEL));
        Operand<TFloat32> c = tf.oneHot(labels, tf.constant(model.classes()), tf.constant(1f), tf.constant(0f));

        List<Operand<TFloat32>> encoded = new ArrayList<>();
        encoded.add(tf.nn.relu(tf.math.add(left.forward(xa), tf.linalg.matMul(xb, right.read()))));
        for (SplitLayer layer : encoder) {
            encoded.add(tf.nn.relu(layer.forward(last(encoded))));
        }
        List<Output<TFloat32>> halves =
                tf.split(tf.constant(1), preLatent.forward(last(encoded)), 2L).output();
        Operand<TFloat32> mean = halves.get(0);
        Operand<TFloat32> logvar = halves.get(1);
        Operand<TFloat32> deviation = tf.math.mul(noise, tf.math.exp(tf.math.mul(logvar, tf.constant(0.5f))));
        Operand<TFloat32> z = tf.math.add(deviation, mean);
        List<Operand<TFloat32>> decoded = new ArrayList<>();
        decoded.add(tf.math.add(postLatent.forward(z), classProj.forward(c)));
        for (SplitLayer layer : decoder) {
            decoded.add(tf.nn.relu(layer.forward(last(decoded))));
        }
        Operand<TFloat32> ya = tf.nn.relu(top.forward(last(decoded)));
        Operand<TFloat32> yb = tf.nn.relu(bottom.forward(last(decoded)));

        Operand<TFloat32> errorA = tf.math.sub(ya, xa);
        Operand<TFloat32> errorB = tf.math.sub(yb, xb);
        Operand<TFloat32> variance = tf.math.exp(logvar);
        squares.add(tf.math.add(tf.nn.l2Loss(errorA), tf.nn.l2Loss(errorB)));
        divergences.add(sum(
                tf.math.sub(tf.math.sub(tf.math.add(logvar, tf.constant(1f)), tf.math.square(mean)), variance)));

        Operand<TFloat32> share = tf.constant((float) (gradientScale / batchSize));
        Operand<TFloat32> klShare = tf.constant((float) (gradientScale * klWeight / batchSize));
        Operand<TFloat32> ga = tf.nn.reluGrad(tf.math.mul(errorA, share), ya);
        Operand<TFloat32> gb = tf.nn.reluGrad(tf.math.mul(errorB, share), yb);
        top.gradients(last(decoded), ga);
        bottom.gradients(last(decoded), gb);
        if (!isTrainedBelow(top)) {
            return;
        }
        Operand<TFloat32> g = tf.math.add(top.input(ga), bottom.input(gb));
        for (int i = decoder.size() - 1; i >= 0; i--) {
            g = tf.nn.reluGrad(g, decoded.get(i + 1));
            decoder.get(i).gradients(decoded.get(i), g);
            if (!isTrainedBelow(decoder.get(i))) {
                return;
            }
            g = decoder.get(i).input(g);
        }
        Operand<TFloat32> biasGradient = tf.nn.biasAddGrad(g);
        classProj.gradients(c, g, biasGradient);
        postLatent.gradients(z, g, biasGradient);
        if (!isTrainedBelow(postLatent)) {
            return;
        }
        Operand<TFloat32> gz = postLatent.input(g);
        Operand<TFloat32> gMean = tf.math.add(gz, tf.math.mul(mean, klShare));
        Operand<TFloat32> gLogvar = tf.math.mul(
                tf.constant(0.5f),
                tf.math.add(tf.math.mul(gz, deviation), tf.math.mul(klShare, tf.math.sub(variance, tf.constant(1f)))));
        g = tf.concat(List.of(gMean, gLogvar), tf.constant(1));
        preLatent.gradients(last(encoded), g);
        if (!isTrainedBelow(preLatent)) {
            return;
        }
        g = preLatent.input(g);
        for (int i = encoder.size() - 1; i >= 0; i--) {
            g = tf.nn.reluGrad(g, encoded.get(i + 1));
            encoder.get(i).gradients(encoded.get(i), g);
            if (!isTrainedBelow(encoder.get(i))) {
                return;
            }
            g = encoder.get(i).input(g);
        }
        g = tf.nn.reluGrad(g, encoded.get(0));
        left.gradients(xa, g);
        if (right.isTrained()) {
            right.gradient(tf.linalg.matMul(xb, g, MatMul.transposeA(true)));
        }
    }

    /** Whether gradients have to go further than this layer. */
    private boolean isTrainedBelow(SplitLayer layer) {
        return backwards.subList(backwards.indexOf(layer) + 1, backwards.size()).stream()
                .anyMatch(SplitLayer::isTrained);
    }

    /** Loss, mse and kl, means over the batch, and the global norm of the gradients: (4). */
    Operand<TFloat32> measured() {
        Operand<TFloat32> mse = tf.math.mul(tf.math.addN(squares), tf.constant(1f / batchSize));
        Operand<TFloat32> kl = tf.math.mul(tf.math.addN(divergences), tf.constant(-0.5f / batchSize));
        Operand<TFloat32> loss = tf.math.add(mse, tf.math.mul(tf.constant(klWeight), kl));
        List<Operand<TFloat32>> halfSquares = trained()
                .map(slot -> (Operand<TFloat32>) tf.nn.l2Loss(gradient(slot)))
                .toList();
        Operand<TFloat32> norm = tf.math.sqrt(
                tf.math.mul(tf.constant((float) (2 / (gradientScale * gradientScale))), tf.math.addN(halfSquares)));
        return tf.stack(List.of(loss, mse, kl, norm));
    }

    List<Op> updates(Slot.Adam adam) {
        return trained().map(slot -> slot.update(adam, gradient(slot))).toList();
    }

    private Stream<Slot> trained() {
        return slots.values().stream().filter(Slot::isTrained);
    }

    private final Map<Slot, Operand<TFloat32>> gradients = new LinkedHashMap<>();

    private Operand<TFloat32> gradient(Slot slot) {
        return gradients.computeIfAbsent(slot, Slot::gradient);
    }

    private Operand<TFloat32> sum(Operand<TFloat32> matrix) {
        return tf.reduceSum(matrix, tf.array(0, 1));
    }

    private SplitLayer layer(String name, long in, long out) {
        return new SplitLayer(tf, whole(name + ".kernel", Shape.of(in, out)), whole(name + ".bias", Shape.of(out)));
    }

    private SplitLayer columns(String name, long in, int from, int to) {
        Shape kernel = Shape.of(in, model.pixels());
        Shape bias = Shape.of(model.pixels());
        return new SplitLayer(
                tf,
                slot(name + ".kernel", new Block(kernel, 1, from, to)),
                slot(name + ".bias", new Block(bias, 0, from, to)));
    }

    private Slot rows(String name, long in, long out, int from, int to) {
        return slot(name, new Block(Shape.of(in, out), 0, from, to));
    }

    private Slot whole(String name, Shape shape) {
        return slot(name, Block.all(shape));
    }

    private Slot slot(String name, Block block) {
        Slot slot = new Slot(tf, "params." + name, block, !frozen.test("params." + name));
        slots.put(slot.reader(""), slot);
        return slot;
    }

    private static <T> List<T> reversed(List<T> list) {
        List<T> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }
}
