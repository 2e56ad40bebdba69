package dev.vaestream.vae;

import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.learning.tracing.Feed;
import dev.vaestream.learning.tracing.Operands;
import dev.vaestream.learning.tracing.ShapeDtype;
import java.util.List;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TUint8;

/** The rows of a batch that one tower takes. */
final class Tower {
    private final int first;
    private final int rows;
    private final int pixels;
    private final Feed left;
    private final Feed right;
    private final Feed labels;
    private final Feed noise;

    Tower(int tower, int rows, ModelSpec model) {
        this.first = tower * rows;
        this.rows = rows;
        this.pixels = model.pixels();
        Shape half = Shape.of(rows, pixels / 2);
        this.left = Feed.of("left_" + tower, ShapeDtype.bytes(half));
        this.right = Feed.of("right_" + tower, ShapeDtype.bytes(half));
        this.labels = Feed.of("labels_" + tower, ShapeDtype.bytes(Shape.of(rows)));
        this.noise = Feed.of("noise_" + tower, ShapeDtype.floats(Shape.of(rows, model.latentDim())));
    }

    List<Feed> feeds() {
        return List.of(left, right, labels, noise);
    }

    void trace(Ops tf, SplitGraph graph) {
        graph.tower(
                left.placeholder(tf).asOutput().expect(TUint8.class),
                right.placeholder(tf).asOutput().expect(TUint8.class),
                labels.placeholder(tf).asOutput().expect(TUint8.class),
                Operands.floats(noise.placeholder(tf)));
    }

    void write(byte[] images, byte[] allLabels, float[] allNoise) {
        int half = pixels / 2;
        for (int row = 0; row < rows; row++) {
            int from = (first + row) * pixels;
            left.set(images, from, row * half, half);
            right.set(images, from + half, row * half, half);
        }
        labels.set(allLabels, first, 0, rows);
        noise.set(allNoise, first * (allNoise.length / allLabels.length));
    }
}
