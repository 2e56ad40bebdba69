package dev.vaestream.sampler;

import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.vae.Decoder;
import dev.vaestream.vae.Encoder;
import dev.vaestream.vae.Posterior;
import java.util.SortedMap;

/** Decoders that run on TensorFlow. */
final class TensorFlowDecoders implements ImageDecoder.Factory {
    @Override
    public ImageDecoder load(ModelSpec model, SortedMap<String, StoredArray> params) {
        return new TensorFlowDecoder(Decoder.load(model, params), Encoder.load(model, params));
    }

    private record TensorFlowDecoder(Decoder decoder, Encoder encoder) implements ImageDecoder {
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
