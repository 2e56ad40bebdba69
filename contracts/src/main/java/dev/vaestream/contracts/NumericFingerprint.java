package dev.vaestream.contracts;

/**
 * What must be alike for two machines to compute the same bits from the same graph.
 *
 * @param tensorflow version of the native library
 * @param device {@code cpu}, or the name of the accelerator
 * @param architecture of the processor, as {@code amd64}
 * @param instructionSet the widest vector instructions that TensorFlow's kernels choose by themselves
 * @param oneDnn whether oneDNN kernels are on
 * @param intraOpThreads threads within an operation, which change the order of sums
 */
public record NumericFingerprint(
        String tensorflow,
        String device,
        String architecture,
        String instructionSet,
        boolean oneDnn,
        int intraOpThreads) {
    public NumericFingerprint {
        Checks.atLeast("intraOpThreads", 1, intraOpThreads);
    }
}
