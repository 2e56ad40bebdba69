package dev.vaestream.contracts;

import java.util.List;

/**
 * What came out when a checkpoint was read again whole: the answer of {@code POST
 * /v1/runs/{run}/checkpoints/{step}/verification}.
 *
 * @param blobs that were hashed
 * @param arrays in them that were hashed
 * @param bytes that the blobs have
 * @param faults in the order manifest, chain, blobs, arrays
 */
public record Verification(String run, long step, int blobs, int arrays, long bytes, List<Fault> faults) {
    public Verification {
        Checks.name("run", run);
        Checks.atLeast("step", 0, step);
        Checks.atLeast("blobs", 0, blobs);
        Checks.atLeast("arrays", 0, arrays);
        Checks.atLeast("bytes", 0, bytes);
        faults = List.copyOf(faults);
    }

    /** Whether the checkpoint is what its trainer wrote. */
    public boolean holds() {
        return faults.isEmpty();
    }

    /**
     * One thing that differs.
     *
     * @param what as {@code array params.encoder.Dense_0.kernel of params.safetensors}
     * @param expected what the manifest says
     * @param found what storage has
     */
    public record Fault(String what, String expected, String found) {}
}
