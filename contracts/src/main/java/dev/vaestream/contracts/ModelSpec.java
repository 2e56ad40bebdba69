package dev.vaestream.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sizes of the variational autoencoder.
 *
 * @param latentDim size of a latent
 * @param encoder output sizes of the encoder's dense layers
 * @param decoder output sizes of the decoder's; the last is the number of pixels
 * @param classes size of the one-hot class vector
 */
public record ModelSpec(int latentDim, List<Integer> encoder, List<Integer> decoder, int classes) {
    private static final int MAX_FEATURES = 1 << 20;
    private static final int MAX_LAYERS = 32;
    /** Adam's two moments of so many are one blob, of which a checkpoint service takes 64 MiB where nobody says more. */
    private static final int MAX_PARAMETERS = 8_000_000;

    /** The tutorial's: latent 32, 784-256-128-64 and back, ten classes; 491,920 parameters. */
    public static final ModelSpec DEFAULT = new ModelSpec(32, List.of(256, 128, 64), List.of(128, 256, 784), 10);

    public ModelSpec {
        Checks.between("latentDim", 1, MAX_FEATURES, latentDim);
        encoder = layers("encoder", encoder);
        decoder = layers("decoder", decoder);
        Checks.between("classes", 1, MAX_FEATURES, classes);
        long parameters = parameters(latentDim, encoder, decoder, classes);
        Checks.check(
                parameters <= MAX_PARAMETERS,
                "the model has %d parameters; it must have at most %d",
                parameters,
                MAX_PARAMETERS);
    }

    @JsonCreator
    static ModelSpec of(
            @JsonProperty("latentDim") @Nullable Integer latentDim,
            @JsonProperty("encoder") @Nullable List<Integer> encoder,
            @JsonProperty("decoder") @Nullable List<Integer> decoder,
            @JsonProperty("classes") @Nullable Integer classes) {
        return new ModelSpec(
                latentDim == null ? DEFAULT.latentDim : latentDim,
                encoder == null ? DEFAULT.encoder : encoder,
                decoder == null ? DEFAULT.decoder : decoder,
                classes == null ? DEFAULT.classes : classes);
    }

    /** Pixels of an image that the decoder makes. */
    public int pixels() {
        return decoder.get(decoder.size() - 1);
    }

    /** Kernels and biases of all dense layers, the projections of latent and class among them. */
    public long parameters() {
        return parameters(latentDim, encoder, decoder, classes);
    }

    /** The parameters' paths, as {@code params.encoder.Dense_0.kernel}. */
    public List<String> parameterPaths() {
        List<String> layers = new ArrayList<>();
        for (int i = 0; i < encoder.size(); i++) {
            layers.add("encoder.Dense_" + i);
        }
        layers.addAll(List.of("pre_latent_proj", "post_latent_proj", "class_proj"));
        for (int i = 0; i < decoder.size(); i++) {
            layers.add("decoder.Dense_" + i);
        }
        return layers.stream()
                .flatMap(layer -> Stream.of("params." + layer + ".kernel", "params." + layer + ".bias"))
                .toList();
    }

    private static long parameters(int latentDim, List<Integer> encoder, List<Integer> decoder, int classes) {
        int pixels = decoder.get(decoder.size() - 1);
        int hidden = encoder.get(encoder.size() - 1);
        return stack(pixels, encoder)
                + dense(hidden, 2 * latentDim)
                + dense(latentDim, hidden)
                + dense(classes, hidden)
                + stack(hidden, decoder);
    }

    private static long stack(int in, List<Integer> layers) {
        long parameters = 0;
        for (int out : layers) {
            parameters += dense(in, out);
            in = out;
        }
        return parameters;
    }

    private static long dense(int in, int out) {
        return (in + 1L) * out;
    }

    private static List<Integer> layers(String what, List<Integer> layers) {
        Checks.check(
                !layers.isEmpty() && layers.size() <= MAX_LAYERS,
                "%s has %d layers; it must have 1 to %d",
                what,
                layers.size(),
                MAX_LAYERS);
        for (int i = 0; i < layers.size(); i++) {
            Checks.between("%s[%d]".formatted(what, i), 1, MAX_FEATURES, layers.get(i));
        }
        return List.copyOf(layers);
    }
}
