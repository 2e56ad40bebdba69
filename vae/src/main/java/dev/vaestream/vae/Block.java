package dev.vaestream.vae;

import org.tensorflow.ndarray.Shape;

/**
 * A part of an array that is a variable of its own: rows of a kernel, columns of one, a piece of a bias, or all of it.
 *
 * @param whole shape of the array, of one or two axes
 * @param axis that is cut
 * @param from first index along it
 * @param to index after the last
 */
record Block(Shape whole, int axis, int from, int to) {
    static Block all(Shape whole) {
        return new Block(whole, 0, 0, Math.toIntExact(whole.get(0)));
    }

    Shape shape() {
        long[] sizes = whole.asArray();
        sizes[axis] = (long) to - from;
        return Shape.of(sizes);
    }

    float[] cut(float[] array) {
        float[] block = new float[Math.toIntExact(shape().size())];
        for (int row = 0; row < rows(); row++) {
            System.arraycopy(array, row * wholeWidth() + offset(), block, row * width(), width());
        }
        return block;
    }

    void paste(float[] block, float[] array) {
        for (int row = 0; row < rows(); row++) {
            System.arraycopy(block, row * width(), array, row * wholeWidth() + offset(), width());
        }
    }

    /** Stretches that lie together in both: one, or as many as the axes before the cut one have. */
    private int rows() {
        return axis == 0 ? 1 : Math.toIntExact(whole.get(0));
    }

    private int inner() {
        return axis == 0 ? Math.toIntExact(whole.size() / whole.get(0)) : 1;
    }

    private int width() {
        return (to - from) * inner();
    }

    private int wholeWidth() {
        return Math.toIntExact(whole.get(axis)) * inner();
    }

    private int offset() {
        return from * inner();
    }
}
