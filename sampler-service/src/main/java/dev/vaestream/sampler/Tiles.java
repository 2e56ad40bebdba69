package dev.vaestream.sampler;

import dev.vaestream.contracts.ImageShape;

/** Images in rows and columns: (rows, columns, height, width), row-major, as the decoder made them. */
final class Tiles {
    private final ImageShape shape;
    private final int rows;
    private final int columns;
    private final float[] values;

    Tiles(ImageShape shape, int rows, int columns, float[] values) {
        this.shape = shape;
        this.rows = rows;
        this.columns = columns;
        this.values = values;
    }

    ImageShape shape() {
        return shape;
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /** Not a copy. */
    float[] values() {
        return values;
    }

    /** Where the pixels of an image's line begin in {@link #values()}. */
    int offset(int row, int column, int line) {
        return ((row * columns + column) * shape.height() + line) * shape.width();
    }
}
