package dev.vaestream.sampler;

import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.vae.Decoder;
import java.util.SortedMap;

/** Decoders that run on TensorFlow. */
final class TensorFlowDecoders implements ImageDecoder.Factory {
    @Override
    public ImageDecoder load(ModelSpec model, SortedMap<String, StoredArray> params) {
        return new TensorFlowDecoder(Decoder.load(model, params));
    }

    private record TensorFlowDecoder(Decoder decoder) implements ImageDecoder {
        @Override
        public float[] decode(float[] latents, int[] classes) {
            return decoder.decode(latents, classes);
        }

        @Override
        public void close() {
            // Nothing of it is outside the heap.
        }
    }
}
