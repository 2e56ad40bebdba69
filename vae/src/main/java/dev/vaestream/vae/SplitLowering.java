package dev.vaestream.vae;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.learning.optim.GradientTransformation;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Feed;
import dev.vaestream.learning.tracing.Operands;
import dev.vaestream.learning.tracing.Placement;
import dev.vaestream.learning.tracing.Program;
import dev.vaestream.learning.tracing.ShapeDtype;
import dev.vaestream.learning.tracing.Snapshot;
import dev.vaestream.learning.tracing.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/**
 * The VAE with Adam or AdamW on two threads: {@link SplitGraph}, updated in place by TensorFlow's Adam kernel. The state
 * is Optax's all the same, array by array. For parameters that are frozen there is neither a gradient nor an update.
 */
final class SplitLowering implements Lowering {
    /** From here on a step has work enough for two towers. */
    private static final int TOWERS_FROM = 128;

    private static final String MEASURED = "measured";
    private static final String STEP = "step";

    private final AdamKernel adam;
    private final List<Tower> towers = new ArrayList<>();
    private final Feed rate = scalar("rate");
    private final Feed epsilon = scalar("epsilon");
    private final Feed decay = scalar("decay");
    private final List<Slot> slots;
    private final Program program;
    private final Program.Call step;
    private final Program.Call read;
    private final float[] fetched = new float[LEARNING_RATE];
    private final byte[] imageBytes;
    private final byte[] labelBytes;
    private final String adamState;
    private @Nullable Tree<Array> restored;
    private int count;

    SplitLowering(RunSpec spec, GradientTransformation optimizer, int batchSize, Placement placement) {
        SplitOptimizer split = SplitOptimizer.of(spec.optimizer()).orElseThrow();
        this.adam = new AdamKernel(split.rule());
        this.adamState = TrainStep.OPTIMIZER + "." + split.state();
        ModelSpec model = spec.model();
        this.imageBytes = new byte[batchSize * model.pixels()];
        this.labelBytes = new byte[batchSize];
        int count = batchSize >= TOWERS_FROM && batchSize % 2 == 0 ? 2 : 1;
        for (int i = 0; i < count; i++) {
            towers.add(new Tower(i, batchSize / count, model));
        }
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            SplitGraph network =
                    new SplitGraph(tf, model, batchSize, spec.klWeight(), adam.gradientScale(), optimizer::freezes);
            towers.forEach(rows -> rows.trace(tf, network));
            tf.withName(MEASURED).identity(network.measured());
            List<Op> updates = network.updates(new Slot.Adam(
                    tf.constant(0f),
                    Operands.floats(rate.placeholder(tf)),
                    tf.constant(adam.b1()),
                    tf.constant(adam.b2()),
                    Operands.floats(epsilon.placeholder(tf)),
                    Operands.floats(decay.placeholder(tf))));
            tf.withControlDependencies(updates).withName(STEP).noOp();
            this.slots = network.slots();
            this.program = Program.load(graph, placement);
        }
        List<Feed> feeds = new ArrayList<>(List.of(rate, epsilon, decay));
        towers.forEach(rows -> feeds.addAll(rows.feeds()));
        this.step = program.call(feeds, List.of(MEASURED), List.of(STEP));
        this.read = program.call(
                List.of(),
                slots.stream()
                        .flatMap(slot -> slot.arrays().stream().map(slot::reader))
                        .toList(),
                List.of());
    }

    /** Whether a run can be lowered so; all parameters frozen leaves nothing to do. */
    static boolean applies(RunSpec spec, GradientTransformation optimizer, Tree<ShapeDtype> params) {
        return SplitOptimizer.of(spec.optimizer()).isPresent()
                && spec.model().pixels() % 2 == 0
                && !params.byPath().keySet().stream().allMatch(optimizer::freezes);
    }

    @Override
    public void setState(Tree<Array> state) {
        Map<String, Array> arrays = state.byPath();
        List<Feed> feeds = new ArrayList<>();
        List<String> setters = new ArrayList<>();
        for (Slot slot : slots) {
            for (String what : slot.arrays()) {
                Feed feed = Feed.of(
                        slot.initial(what), ShapeDtype.floats(slot.block().shape()));
                Array.Floats whole = (Array.Floats) Objects.requireNonNull(arrays.get(path(what, slot)));
                feed.set(slot.block().cut(whole.values()), 0);
                feeds.add(feed);
                setters.add(slot.setter(what));
            }
        }
        try (Program.Call set = program.call(feeds, List.of(), setters)) {
            set.run();
        } finally {
            feeds.forEach(Feed::close);
        }
        count = ((Array.Ints) Objects.requireNonNull(arrays.get(adamState + "0.count"))).values()[0];
        restored = state;
    }

    @Override
    public Snapshot<Tree<Array>> snapshot() {
        Tree<Array> before = Objects.requireNonNull(restored, "the state is not set");
        int steps = count;
        return read.fetch().map(blocks -> tree(before, steps, blocks.iterator()));
    }

    @Override
    public void run(ByteString images, ByteString labels, float[] noise, float[] measured) {
        images.copyTo(imageBytes, 0);
        labels.copyTo(labelBytes, 0);
        towers.forEach(rows -> rows.write(imageBytes, labelBytes, noise));
        rate.set(adam.rate(count));
        epsilon.set(adam.epsilon(count));
        decay.set(adam.decay(count));
        step.run(fetched);
        System.arraycopy(fetched, 0, measured, 0, fetched.length);
        measured[LEARNING_RATE] = (float) adam.learningRate(count);
        count++;
    }

    @Override
    public byte[] graphBytes() {
        return program.graphBytes();
    }

    @Override
    public void close() {
        step.close();
        read.close();
        program.close();
        rate.close();
        epsilon.close();
        decay.close();
        towers.forEach(rows -> rows.feeds().forEach(Feed::close));
    }

    /** What was restored, with what has changed since; the schedule's count is Adam's. */
    private Tree<Array> tree(Tree<Array> before, int steps, Iterator<float[]> blocks) {
        Map<String, Array> changed = new HashMap<>();
        for (Slot slot : slots) {
            for (String what : slot.arrays()) {
                Array.Floats whole = (Array.Floats) changed.computeIfAbsent(
                        path(what, slot), path -> Array.zeros(slot.block().whole()));
                slot.block().paste(blocks.next(), whole.values());
            }
        }
        return before.mapWithPath(
                (path, array) -> isCount(path) ? Array.of(Shape.scalar(), steps) : changed.getOrDefault(path, array));
    }

    private boolean isCount(String path) {
        return path.startsWith(adamState) && path.endsWith(".count");
    }

    private String path(String what, Slot slot) {
        return what.equals(Slot.PARAMETER)
                ? TrainStep.PARAMS + "." + slot.path()
                : adamState + "0." + what + "." + slot.path();
    }

    private static Feed scalar(String name) {
        return Feed.of(name, ShapeDtype.floats(Shape.scalar()));
    }
}
