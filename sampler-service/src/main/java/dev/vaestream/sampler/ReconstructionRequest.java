package dev.vaestream.sampler;

import java.util.List;

/**
 * Images and the classes that each is reconstructed under.
 *
 * @param classes a column each
 * @param allClasses whether these are all that the model has, so that one of them is the nearest
 */
record ReconstructionRequest(List<InputImage> images, List<Integer> classes, boolean allClasses) {
    ReconstructionRequest {
        images = List.copyOf(images);
        classes = List.copyOf(classes);
    }

    /** @param asked as in the query: empty for every class, or one */
    static ReconstructionRequest of(
            List<InputImage> images, List<Integer> asked, Checkpoint checkpoint, int maxImages, long maxPixels) {
        if (images.size() > maxImages) {
            throw new InvalidQueryException(
                    "%d images are sent; a request is for %d at most".formatted(images.size(), maxImages));
        }
        SampleRequest request = new SampleRequest(asked, images.size(), 0)
                .of(checkpoint.model().classes(), checkpoint.shape(), maxPixels);
        return new ReconstructionRequest(images, request.classes(), asked.isEmpty());
    }

    long pixels(Checkpoint checkpoint) {
        return (long) images.size() * classes.size() * checkpoint.shape().pixels();
    }
}
