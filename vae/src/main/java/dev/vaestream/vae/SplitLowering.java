package dev.vaestream.vae;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.OptimizerSpec;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Feed;
import dev.vaestream.learning.tracing.Program;
import dev.vaestream.learning.tracing.ShapeDtype;
import dev.vaestream.learning.tracing.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * The VAE with AdamW on two threads: {@link SplitGraph}, updated in place by TensorFlow's Adam kernel. The state is
 * Optax's all the same, array by array.
 */
final class SplitLowering implements Lowering {
    /** From here on a step has work enough for two towers. */
    private static final int TOWERS_FROM = 128;

    private static final String MEASURED = "measured";
    private static final String STEP = "step";
    private static final List<String> ARRAYS = List.of("", "mu", "nu");

    private final AdamKernel adam;
    private final List<Rows> towers = new ArrayList<>();
    private final Feed rate = scalar("rate");
    private final Feed epsilon = scalar("epsilon");
    private final Feed decay = scalar("decay");
    private final List<Slot> slots;
    private final Program program;
    private final Program.Call step;
    private final float[] fetched = new float[LEARNING_RATE];
    private final byte[] imageBytes;
    private final byte[] labelBytes;
    private int count;

    SplitLowering(RunSpec spec, int batchSize) {
        this.adam = new AdamKernel(spec.optimizer());
        ModelSpec model = spec.model();
        this.imageBytes = new byte[batchSize * model.pixels()];
        this.labelBytes = new byte[batchSize];
        int count = batchSize >= TOWERS_FROM && batchSize % 2 == 0 ? 2 : 1;
        for (int i = 0; i < count; i++) {
            towers.add(new Rows(i, batchSize / count, model));
        }
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            SplitGraph split = new SplitGraph(tf, model, batchSize, spec.klWeight(), adam.gradientScale());
            towers.forEach(rows -> rows.trace(tf, split));
            tf.withName(MEASURED).identity(split.measured());
            List<Op> updates = split.updates(new Slot.Adam(
                    tf.constant(0f),
                    floats(rate.placeholder(tf)),
                    tf.constant(adam.b1()),
                    tf.constant(adam.b2()),
                    floats(epsilon.placeholder(tf)),
                    floats(decay.placeholder(tf))));
            tf.withControlDependencies(updates).withName(STEP).noOp();
            this.slots = split.slots();
            this.program = Program.load(graph);
        }
        List<Feed> feeds = new ArrayList<>(List.of(rate, epsilon, decay));
        towers.forEach(rows -> feeds.addAll(rows.feeds()));
        this.step = program.call(feeds, List.of(MEASURED), List.of(STEP));
    }

    /** Whether a run can be lowered so: AdamW with one learning rate and no mask, and images that can be halved. */
    static boolean applies(RunSpec spec) {
        OptimizerSpec optimizer = spec.optimizer();
        return optimizer.name().equals("adamw")
                && optimizer.patterns("mask").isEmpty()
                && optimizer.schedule("learningRate").constant().isPresent()
                && spec.model().pixels() % 2 == 0;
    }

    @Override
    public void setState(Tree<Array> state) {
        Map<String, float[]> arrays = new HashMap<>();
        state.get(TrainStep.PARAMS).byPath().forEach((path, array) -> arrays.put(path, values(array)));
        Tree<Array> adam = state.get(TrainStep.OPTIMIZER).get(0);
        for (String moment : List.of("mu", "nu")) {
            adam.get(moment).byPath().forEach((path, array) -> arrays.put(moment + "." + path, values(array)));
        }
        count = ((Array.Ints) adam.get("count").value()).values()[0];
        List<Feed> feeds = new ArrayList<>();
        List<String> setters = new ArrayList<>();
        for (Slot slot : slots) {
            for (String what : ARRAYS) {
                Feed feed = Feed.of(
                        slot.initial(what), ShapeDtype.floats(slot.block().shape()));
                feed.set(slot.block().cut(Objects.requireNonNull(arrays.get(key(what, slot)))), 0);
                feeds.add(feed);
                setters.add(slot.setter(what));
            }
        }
        try (Program.Call set = program.call(feeds, List.of(), setters)) {
            set.run();
        } finally {
            feeds.forEach(Feed::close);
        }
    }

    @Override
    public Tree<Array> state() {
        List<String> readers = new ArrayList<>();
        List<float[]> blocks = new ArrayList<>();
        for (Slot slot : slots) {
            for (String what : ARRAYS) {
                readers.add(slot.reader(what));
                blocks.add(new float[Math.toIntExact(slot.block().shape().size())]);
            }
        }
        try (Program.Call read = program.call(List.of(), readers, List.of())) {
            read.run(blocks.toArray(float[][]::new));
        }
        return tree(blocks);
    }

    @Override
    public void run(ByteString images, ByteString labels, float[] noise, float[] measured) {
        images.copyTo(imageBytes, 0);
        labels.copyTo(labelBytes, 0);
        towers.forEach(rows -> rows.write(imageBytes, labelBytes, noise));
        rate.set(adam.rate(count));
        epsilon.set(adam.epsilon(count));
        decay.set(adam.decay());
        step.run(fetched);
        System.arraycopy(fetched, 0, measured, 0, fetched.length);
        measured[LEARNING_RATE] = (float) adam.learningRate();
        count++;
    }

    @Override
    public byte[] graphBytes() {
        return program.graphBytes();
    }

    @Override
    public void close() {
        step.close();
        program.close();
        rate.close();
        epsilon.close();
        decay.close();
        towers.forEach(rows -> rows.feeds().forEach(Feed::close));
    }

    private Tree<Array> tree(List<float[]> blocks) {
        Map<String, Array> arrays = new HashMap<>();
        int next = 0;
        for (Slot slot : slots) {
            for (String what : ARRAYS) {
                Array.Floats whole = (Array.Floats) arrays.computeIfAbsent(
                        key(what, slot), path -> Array.zeros(slot.block().whole()));
                slot.block().paste(blocks.get(next++), whole.values());
            }
        }
        arrays.put("count", Array.of(Shape.scalar(), count));
        Tree<Array> all = Tree.ofPaths(arrays);
        return Tree.dict(Map.of(
                TrainStep.PARAMS,
                Tree.dict(Map.of("params", all.get("params"))),
                TrainStep.OPTIMIZER,
                Tree.sequence(List.of(
                        Tree.dict(Map.of("count", all.get("count"), "mu", all.get("mu"), "nu", all.get("nu"))),
                        Tree.empty(),
                        Tree.empty()))));
    }

    private static String key(String what, Slot slot) {
        return what.isEmpty() ? slot.path() : what + "." + slot.path();
    }

    private static float[] values(Array array) {
        return ((Array.Floats) array).values();
    }

    private static Feed scalar(String name) {
        return Feed.of(name, ShapeDtype.floats(Shape.scalar()));
    }

    private static Operand<TFloat32> floats(Operand<?> operand) {
        return operand.asOutput().expect(TFloat32.class);
    }

    /** The rows of a batch that one tower takes. */
    private static final class Rows {
        private final int first;
        private final int rows;
        private final int pixels;
        private final Feed left;
        private final Feed right;
        private final Feed labels;
        private final Feed noise;

        Rows(int tower, int rows, ModelSpec model) {
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
                    floats(noise.placeholder(tf)));
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
}
