package dev.vaestream.contracts;

/**
 * A record of a partition that a run has consumed. Read again before the run goes on, it shows whether the log is still
 * the same one.
 *
 * @param offset in its partition
 * @param digest SHA-256 of its value
 */
public record ConsumedRecord(long offset, Sha256 digest) {
    public ConsumedRecord {
        Checks.atLeast("offset", 0, offset);
    }
}
