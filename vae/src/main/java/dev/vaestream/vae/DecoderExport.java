package dev.vaestream.vae;

import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.Safetensors;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.learning.nn.Scope;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.SessionFunction;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Writes a trained model's decoder as a TensorFlow SavedModel, which needs nothing of this project to be run. Its one
 * signature, {@code serving_default}: {@code latents} float32 (n, latentDim) and {@code classes} int32 (n) → {@code images}
 * float32 (n, pixels). The parameters are constants of the graph. A class that the model does not have is drawn as none.
 *
 * <p>A program of its own too, since the command line has no TensorFlow.
 */
public final class DecoderExport {
    private DecoderExport() {}

    /**
     * Writes the SavedModel.
     *
     * @param params as in a checkpoint's {@code params.safetensors}
     * @param directory made where it is not there
     * @throws RuntimeException where the model needs other parameters; the message names the parameter
     */
    public static void write(ModelSpec model, SortedMap<String, StoredArray> params, Path directory)
            throws IOException {
        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            Signature signature = build(Ops.create(graph), model, params);
            SavedModelBundle.exporter(directory.toString())
                    .withFunction(SessionFunction.create(signature, session))
                    .export();
        }
    }

    /**
     * Writes the decoder whose {@code params.safetensors} it reads from standard input.
     *
     * @param arguments the model's JSON and the directory
     */
    public static void main(String[] arguments) throws IOException {
        ModelSpec model = Json.read(arguments[0].getBytes(StandardCharsets.UTF_8), ModelSpec.class);
        write(model, Safetensors.read(System.in.readAllBytes()), Path.of(arguments[1]));
    }

    private static Signature build(Ops tf, ModelSpec model, SortedMap<String, StoredArray> params) {
        Placeholder<TFloat32> latents = tf.withName("latents")
                .placeholder(TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, model.latentDim())));
        Placeholder<TInt32> classes =
                tf.withName("classes").placeholder(TInt32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
        Operand<TFloat32> images = decode(tf, model, constants(tf, params), latents, classes);
        return Signature.builder()
                .input("latents", latents)
                .input("classes", classes)
                .output("images", images)
                .methodName("tensorflow/serving/predict")
                .build();
    }

    private static Operand<TFloat32> decode(
            Ops tf, ModelSpec model, Tree<Operand<TFloat32>> params, Operand<TFloat32> z, Operand<TInt32> c) {
        Operand<TFloat32> oneHot = tf.oneHot(c, tf.constant(model.classes()), tf.constant(1f), tf.constant(0f));
        return new Vae(model).decode(Scope.of(tf, params), z, oneHot);
    }

    private static Tree<Operand<TFloat32>> constants(Ops tf, SortedMap<String, StoredArray> params) {
        SortedMap<String, StoredArray> used = new TreeMap<>(params);
        used.keySet().removeIf(path -> !Vae.isOfDecoder(path));
        return StoredArrays.restore(used).map(array -> constant(tf, array));
    }

    private static Operand<TFloat32> constant(Ops tf, Array array) {
        return tf.constant(array.shape(), DataBuffers.of(((Array.Floats) array).values()));
    }
}
