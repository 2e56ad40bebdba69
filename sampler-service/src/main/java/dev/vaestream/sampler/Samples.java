package dev.vaestream.sampler;

import dev.vaestream.contracts.ImageShape;
import dev.vaestream.contracts.Provenance;
import java.util.SortedMap;

/** Images of one checkpoint: (classes, count, height, width), row-major, as the decoder made them. */
final class Samples implements Drawing {
    private final Checkpoint checkpoint;
    private final SampleRequest request;
    private final Tiles tiles;

    /** @param request with its classes named */
    Samples(Checkpoint checkpoint, SampleRequest request, float[] values) {
        this.checkpoint = checkpoint;
        this.request = request;
        this.tiles = new Tiles(checkpoint.shape(), request.classes().size(), request.count(), values);
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    SampleRequest request() {
        return request;
    }

    ImageShape shape() {
        return tiles.shape();
    }

    int rows() {
        return tiles.rows();
    }

    int columns() {
        return tiles.columns();
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
        return tiles.values();
    }

    @Override
    public Tiles tiles() {
        return tiles;
    }

    @Override
    public SortedMap<String, String> text() {
        return provenance().text();
    }

    @Override
    public SamplesDocument document() {
        return SamplesDocument.of(this);
    }

    /** Where the pixels of an image's line begin in {@link #values()}. */
    int offset(int row, int column, int line) {
        return tiles.offset(row, column, line);
    }
}
