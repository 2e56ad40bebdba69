package dev.vaestream.sampler;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.protobuf.ByteString;
import dev.vaestream.vae.Posterior;

/**
 * An image that somebody sent. In JSON it is the array of its pixels.
 *
 * @param pixels line by line, each 0 for black to 1 for white
 */
@SuppressWarnings("ArrayRecordComponent") // encoded once, compared by nobody
record InputImage(@JsonValue float[] pixels) {
    private static final float WHITE = 255;

    @JsonCreator
    InputImage {
        for (int i = 0; i < pixels.length; i++) {
            // So written that a value that is no number is refused, too.
            if (!(pixels[i] >= 0 && pixels[i] <= 1)) {
                throw new IllegalArgumentException("pixel %d is %s; it must be 0 to 1".formatted(i, pixels[i]));
            }
        }
    }

    /** One of unsigned bytes, 0 for black to 255 for white. */
    static InputImage ofGrey(ByteString grey) {
        float[] pixels = new float[grey.size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = Byte.toUnsignedInt(grey.byteAt(i)) / WHITE;
        }
        return new InputImage(pixels);
    }

    /**
     * Where it lies in the latent space.
     *
     * @throws InvalidQueryException where the model's images have another size
     * @throws UnfitCheckpointException where the model makes nothing finite of it
     */
    Posterior encoded(Model model) {
        Checkpoint checkpoint = model.checkpoint();
        if (pixels.length != checkpoint.shape().pixels()) {
            throw new InvalidQueryException("image has %d pixels; the model's have %d, %s"
                    .formatted(pixels.length, checkpoint.shape().pixels(), checkpoint.shape()));
        }
        Posterior posterior = model.decoder().encode(pixels);
        if (!Double.isFinite(posterior.kl())) {
            throw new UnfitCheckpointException(
                    "Checkpoint %s encodes the image as what is not finite".formatted(checkpoint.name()));
        }
        return posterior;
    }
}
