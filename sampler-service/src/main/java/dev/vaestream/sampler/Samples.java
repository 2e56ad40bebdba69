package dev.vaestream.sampler;

import dev.vaestream.contracts.ImageShape;
import dev.vaestream.contracts.Provenance;

/** Images of one checkpoint: (classes, count, height, width), row-major, as the decoder made them. */
final class Samples {
    private final Checkpoint checkpoint;
    private final SampleRequest request;
    private final float[] values;

    /** @param request with its classes named */
    Samples(Checkpoint checkpoint, SampleRequest request, float[] values) {
        this.checkpoint = checkpoint;
        this.request = request;
        this.values = values;
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    SampleRequest request() {
        return request;
    }

    ImageShape shape() {
        return checkpoint.shape();
    }

    int rows() {
        return request.classes().size();
    }

    int columns() {
        return request.count();
    }

    Provenance provenance() {
        return new Provenance(
                checkpoint.manifest().run(),
                checkpoint.manifest().step(),
                request.classes(),
                request.seed(),
                request.first(),
                request.count(),
                checkpoint.paramsDigest(),
                checkpoint.identity().specDigest(),
                checkpoint.manifest().progress().inputDigest());
    }

    /** Not a copy. */
    float[] values() {
        return values;
    }

    Tiles tiles() {
        return new Tiles(shape(), rows(), columns(), values);
    }

    /** Where the pixels of an image's line begin in {@link #values()}. */
    int offset(int row, int column, int line) {
        return tiles().offset(row, column, line);
    }
}
