package dev.vaestream.sampler;

import dev.vaestream.contracts.ImageShape;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

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

    /** The lines of an image, (height, width). */
    List<float[]> lines(int row, int column) {
        return listed(shape.height(), line -> {
            int from = offset(row, column, line);
            return Arrays.copyOfRange(values, from, from + shape.width());
        });
    }

    /** All images, (rows, columns, height, width). */
    List<List<List<float[]>>> nested() {
        return listed(rows, row -> listed(columns, column -> lines(row, column)));
    }

    /** The images of one column. */
    Tiles column(int column) {
        float[] some = new float[rows * shape.pixels()];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(values, offset(row, column, 0), some, row * shape.pixels(), shape.pixels());
        }
        return new Tiles(shape, rows, 1, some);
    }

    private static <T> List<T> listed(int size, IntFunction<T> element) {
        return IntStream.range(0, size).mapToObj(element).toList();
    }
}
