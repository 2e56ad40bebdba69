package dev.vaestream.vae;

import com.google.protobuf.ByteString;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;

/** A step as a graph with its state. One thread uses it. */
interface Lowering extends AutoCloseable {
    /** Sets {@code {params, optimizer}}, whose structure has been checked. */
    void setState(Tree<Array> state);

    /** A copy of the state. */
    Tree<Array> state();

    /**
     * Makes one step.
     *
     * @param measured is overwritten: loss, mse and kl before the update, and the global norm of the gradients
     */
    void run(ByteString images, ByteString labels, float[] noise, float[] measured);

    /** The graph's definition, the same bytes for the same graph. */
    byte[] graphBytes();

    @Override
    void close();
}
