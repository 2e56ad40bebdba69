package dev.vaestream.learning.tracing;

/** Where a session's operations may run. */
public enum Placement {
    /** Wherever TensorFlow has a kernel: on a GPU that it finds, else on the processor. */
    ANY,
    /** On the processor alone, whatever else there is. */
    CPU
}
