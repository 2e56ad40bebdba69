package dev.vaestream.contracts;

/**
 * A checkpoint that a run begins with whole: parameters, optimizer state, key, place in the stream and all that was counted
 * up to it. Its steps go on from the checkpoint's, on the same stream.
 *
 * @param run another run
 * @param step of the checkpoint
 */
public record ForkedFrom(String run, long step) {
    public ForkedFrom {
        Checks.name("run", run);
        Checks.atLeast("step", 0, step);
    }
}
