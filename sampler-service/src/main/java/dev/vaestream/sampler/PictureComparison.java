package dev.vaestream.sampler;

import dev.vaestream.contracts.InvalidPictureException;
import dev.vaestream.contracts.Provenance;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.sampler.PictureVerification.DifferingDigest;
import dev.vaestream.sampler.PictureVerification.DifferingImage;
import dev.vaestream.vae.Grey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A picture beside the samples that its text names. */
final class PictureComparison {
    private final Provenance provenance;
    private final GreyPicture picture;

    PictureComparison(Provenance provenance, GreyPicture picture) {
        this.provenance = provenance;
        this.picture = picture;
    }

    /** The step that the text names. */
    CheckpointReference reference() {
        return new CheckpointReference(provenance.run(), Long.toString(provenance.step()));
    }

    /**
     * What must be drawn to compare.
     *
     * @throws InvalidPictureException where the checkpoint cannot have made such a picture
     */
    SampleRequest request(Checkpoint checkpoint, long maxPixels) {
        SampleRequest named =
                new SampleRequest(provenance.classes(), provenance.firstIndex(), provenance.count(), provenance.seed());
        try {
            SampleRequest request = named.of(checkpoint.model().classes(), checkpoint.shape(), maxPixels);
            requireSize(checkpoint, request);
            return request;
        } catch (InvalidQueryException e) {
            throw new InvalidPictureException(
                    "The picture is not of checkpoint %s: %s".formatted(checkpoint.name(), e.getMessage()), e);
        }
    }

    PictureVerification with(Samples samples) {
        List<DifferingDigest> digests = new ArrayList<>();
        Provenance drawn = samples.provenance();
        compare("params", provenance.paramsDigest(), drawn.paramsDigest()).ifPresent(digests::add);
        compare("spec", provenance.specDigest(), drawn.specDigest()).ifPresent(digests::add);
        compare("input", provenance.inputDigest(), drawn.inputDigest()).ifPresent(digests::add);
        List<DifferingImage> images = new ArrayList<>();
        for (int row = 0; row < samples.rows(); row++) {
            for (int column = 0; column < samples.columns(); column++) {
                compare(samples, row, column).ifPresent(images::add);
            }
        }
        return PictureVerification.of(provenance, digests, images);
    }

    private void requireSize(Checkpoint checkpoint, SampleRequest request) {
        int width = request.count() * checkpoint.shape().width();
        int height = request.classes().size() * checkpoint.shape().height();
        if (picture.width() != width || picture.height() != height) {
            throw new InvalidPictureException(
                    "The picture is %d wide and %d high; %d of each of %d classes are %d and %d"
                            .formatted(
                                    picture.width(),
                                    picture.height(),
                                    request.count(),
                                    request.classes().size(),
                                    width,
                                    height));
        }
    }

    private static Optional<DifferingDigest> compare(String what, Sha256 picture, Sha256 checkpoint) {
        return picture.equals(checkpoint)
                ? Optional.empty()
                : Optional.of(new DifferingDigest(what, picture, checkpoint));
    }

    private Optional<DifferingImage> compare(Samples samples, int row, int column) {
        int differing = 0;
        int largest = 0;
        for (int line = 0; line < samples.shape().height(); line++) {
            int from = samples.offset(row, column, line);
            for (int x = 0; x < samples.shape().width(); x++) {
                int drawn = Byte.toUnsignedInt(Grey.of(samples.values()[from + x]));
                int seen = Byte.toUnsignedInt(picture.at(
                        column * samples.shape().width() + x,
                        row * samples.shape().height() + line));
                differing += drawn == seen ? 0 : 1;
                largest = Math.max(largest, Math.abs(drawn - seen));
            }
        }
        return differing == 0
                ? Optional.empty()
                : Optional.of(new DifferingImage(
                        samples.request().classes().get(row), samples.request().first() + column, differing, largest));
    }
}
