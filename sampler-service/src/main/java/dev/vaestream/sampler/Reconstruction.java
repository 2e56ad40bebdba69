package dev.vaestream.sampler;

import dev.vaestream.contracts.Losses;
import dev.vaestream.vae.Posterior;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An image, encoded, and its losses under each class. What is decoded is the mean of its posterior, without noise, so the
 * losses are those that training minimizes, of this image alone and at its likeliest latent.
 *
 * @param losses one for each of the request's classes
 */
record Reconstruction(Posterior posterior, List<Losses> losses) {
    Reconstruction {
        losses = List.copyOf(losses);
    }

    /** The place of the class with the least loss; of equal ones the first. */
    int nearest() {
        return IntStream.range(0, losses.size())
                .boxed()
                .min((one, other) ->
                        Double.compare(losses.get(one).loss(), losses.get(other).loss()))
                .orElseThrow();
    }
}
