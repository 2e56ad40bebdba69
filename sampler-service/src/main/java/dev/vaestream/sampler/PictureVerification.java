package dev.vaestream.sampler;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vaestream.contracts.Provenance;
import dev.vaestream.contracts.Sha256;
import java.util.List;

/**
 * What came out when a picture was made again, as JSON.
 *
 * @param holds whether it is what its checkpoint makes, pixel for pixel, and the digests are the checkpoint's
 * @param provenance what the picture says of itself
 * @param digests that the checkpoint has otherwise
 * @param images that differ, row by row
 */
record PictureVerification(
        boolean holds, Provenance provenance, List<DifferingDigest> digests, List<DifferingImage> images) {
    PictureVerification {
        digests = List.copyOf(digests);
        images = List.copyOf(images);
    }

    static PictureVerification of(Provenance provenance, List<DifferingDigest> digests, List<DifferingImage> images) {
        return new PictureVerification(digests.isEmpty() && images.isEmpty(), provenance, digests, images);
    }

    /** @param what {@code params}, {@code spec} or {@code input} */
    record DifferingDigest(String what, Sha256 picture, Sha256 checkpoint) {}

    /**
     * @param pixels how many differ
     * @param largest of their differences, 1 to 255 levels of grey
     */
    record DifferingImage(@JsonProperty("class") int label, int index, int pixels, int largest) {}
}
