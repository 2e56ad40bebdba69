package dev.vaestream.vae;

import dev.vaestream.contracts.Canary;
import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StoredArray;
import java.util.SortedMap;

/** Makes checkpoints' canaries: the first sample of the first class with seed 0. */
public final class CanaryMaker {
    private static final int LABEL = 0;
    private static final long SEED = 0;

    private CanaryMaker() {}

    /** @param params as in a checkpoint's {@code params.safetensors} */
    public static Canary make(ModelSpec model, SortedMap<String, StoredArray> params) {
        float[] latents = Latents.of(LABEL, SEED, 0, 1, model.latentDim());
        float[] image = Decoder.load(model, params).decode(latents, new int[] {LABEL});
        return new Canary(LABEL, SEED, Sha256.of(Grey.of(image, 0, model.pixels())));
    }
}
