package dev.vaestream.contracts;

/**
 * A trainer's wish to write a run: the body of {@code POST /v1/runs/{run}/writers}.
 *
 * @param holder a name for the trainer process, new at each start
 */
public record WriterClaim(String holder, RunIdentity identity) {
    public WriterClaim {
        Checks.check(!holder.isBlank() && holder.length() <= 200, "holder must have 1 to 200 characters");
    }
}
