package dev.vaestream.vae;

import com.google.protobuf.ByteString;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Snapshot;
import dev.vaestream.learning.tracing.Tree;

/** A step as a graph with its state. One thread uses it. */
interface Lowering extends AutoCloseable {
    /** Numbers that a step measures. */
    int MEASURED = 5;

    /** Where the learning rate is among them, the last. */
    int LEARNING_RATE = 4;

    /** Sets {@code {params, optimizer}}, whose structure has been checked. */
    void setState(Tree<Array> state);

    /** The state as it is now. */
    Snapshot<Tree<Array>> snapshot();

    /**
     * Makes one step.
     *
     * @param measured is overwritten: loss, mse and kl before the update, the global norm of the gradients, and the
     *     learning rate, 0 where the optimizer has none
     */
    void run(ByteString images, ByteString labels, float[] noise, float[] measured);

    /** The graph's definition, the same bytes for the same graph. */
    byte[] graphBytes();

    @Override
    void close();
}
