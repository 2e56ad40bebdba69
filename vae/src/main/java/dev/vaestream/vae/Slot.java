package dev.vaestream.vae;

import dev.vaestream.learning.tracing.ShapeDtype;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/** A variable of the split step, with Adam's two moments where it is trained, while the graph is traced. */
final class Slot {
    static final String PARAMETER = "";

    private static final String MU = "mu";
    private static final String NU = "nu";

    private final Ops tf;
    private final String path;
    private final Block block;
    private final Operand<TFloat32> read;
    private final VarHandleOp handle;
    private final Map<String, VarHandleOp> moments = new LinkedHashMap<>();
    private final List<Op> readers = new ArrayList<>();
    private final List<Operand<TFloat32>> gradients = new ArrayList<>();

    /** @param path of the array that the block belongs to */
    Slot(Ops tf, String path, Block block, boolean trained) {
        this.tf = tf;
        this.path = path;
        this.block = block;
        this.handle = variable(PARAMETER);
        this.read = reading(PARAMETER, handle);
        if (trained) {
            for (String moment : List.of(MU, NU)) {
                moments.put(moment, variable(moment));
                reading(moment, moments.get(moment));
            }
        }
    }

    boolean isTrained() {
        return !moments.isEmpty();
    }

    /** What it holds: the parameter, which has no name, and the moments. */
    List<String> arrays() {
        List<String> arrays = new ArrayList<>(List.of(PARAMETER));
        arrays.addAll(moments.keySet());
        return arrays;
    }

    String path() {
        return path;
    }

    Block block() {
        return block;
    }

    /** Name of the operation that reads the parameter, or one of its moments, {@code mu} and {@code nu}. */
    String reader(String what) {
        return name(what) + ".read";
    }

    /** Name of the operation that sets it from {@link #initial}. */
    String setter(String what) {
        return name(what) + ".set";
    }

    String initial(String what) {
        return name(what) + ".initial";
    }

    Operand<TFloat32> read() {
        return read;
    }

    /** The update waits for this reader; those that a gradient depends on need not be named. */
    void readBy(Op reader) {
        readers.add(reader);
    }

    void gradient(Operand<TFloat32> gradient) {
        gradients.add(gradient);
    }

    /** The sum over all towers. */
    Operand<TFloat32> gradient() {
        Operand<TFloat32> sum = gradients.get(0);
        for (Operand<TFloat32> more : gradients.subList(1, gradients.size())) {
            sum = tf.math.add(sum, more);
        }
        return sum;
    }

    /**
     * u = -lr · wd · p, from which Adam's kernel subtracts its direction times lr; then p += u, after all who read p. So
     * the decay is part of the update, as in Optax, at the price of one more variable.
     */
    Op update(Adam adam, Operand<TFloat32> gradient) {
        VarHandleOp update = variable("update");
        Op decayed = tf.assignVariableOp(update, tf.math.mul(read, adam.decay()));
        Op applied = tf.withControlDependencies(List.of(decayed))
                .train
                .resourceApplyAdam(
                        update,
                        moments.get(MU),
                        moments.get(NU),
                        adam.zero(),
                        adam.zero(),
                        adam.rate(),
                        adam.b1(),
                        adam.b2(),
                        adam.epsilon(),
                        gradient);
        Operand<TFloat32> u = tf.withControlDependencies(List.of(applied)).readVariableOp(update, TFloat32.class);
        return tf.withControlDependencies(readers).assignAddVariableOp(handle, u);
    }

    private VarHandleOp variable(String what) {
        String name = name(what);
        VarHandleOp variable =
                tf.withName(name).varHandleOp(TFloat32.class, block.shape(), VarHandleOp.sharedName(name));
        if (!what.equals("update")) {
            Operand<?> initial = ShapeDtype.floats(block.shape()).placeholder(tf.withName(initial(what)));
            tf.withName(setter(what)).assignVariableOp(variable, initial);
        }
        return variable;
    }

    private Operand<TFloat32> reading(String what, VarHandleOp variable) {
        return tf.withName(reader(what)).readVariableOp(variable, TFloat32.class);
    }

    private String name(String what) {
        String cut = block.equals(Block.all(block.whole())) ? "" : "_" + block.from();
        return path + cut + (what.isEmpty() ? "" : "." + what);
    }

    /**
     * What all updates share, scalars each.
     *
     * @param zero stands for the powers of the decay rates, whose correction is in rate and epsilon already
     * @param rate lr · √(1 - β₂ᵗ) / (1 - β₁ᵗ)
     * @param epsilon ε · √(1 - β₂ᵗ)
     * @param decay -lr · wd
     */
    record Adam(
            Operand<TFloat32> zero,
            Operand<TFloat32> rate,
            Operand<TFloat32> b1,
            Operand<TFloat32> b2,
            Operand<TFloat32> epsilon,
            Operand<TFloat32> decay) {}
}
