package dev.vaestream.contracts;

/** The right to commit checkpoints of a run, until a higher epoch is granted. */
public record WriterGrant(String run, long epoch) {
    public WriterGrant {
        Checks.name("run", run);
        Checks.atLeast("epoch", 1, epoch);
    }
}
