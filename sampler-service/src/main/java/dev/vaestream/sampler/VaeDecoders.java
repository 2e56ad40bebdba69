package dev.vaestream.sampler;

import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.vae.Decoder;
import dev.vaestream.vae.Encoder;
import dev.vaestream.vae.Posterior;
import java.util.SortedMap;

/** Both halves of a trained model, on this machine's processor. */
final class VaeDecoders implements ImageDecoder.Factory {
    @Override
    public ImageDecoder load(ModelSpec model, SortedMap<String, StoredArray> params) {
        return new VaeDecoder(Decoder.load(model, params), Encoder.load(model, params));
    }

    private record VaeDecoder(Decoder decoder, Encoder encoder) implements ImageDecoder {
        @Override
        public float[] decode(float[] latents, int[] classes) {
            return decoder.decode(latents, classes);
        }

        @Override
        public Posterior encode(float[] image) {
            return encoder.encode(image);
        }

        @Override
        public void close() {
            // Nothing of it is outside the heap.
        }
    }
}
