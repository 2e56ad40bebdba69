package dev.vaestream.checkpoint;

import java.util.Locale;

/** Why a request is refused; the name in lower case with dashes is the problem's code on the wire. */
enum Problem {
    INVALID_REQUEST(400, "The request does not hold"),
    NO_RUN(404, "There is no such run"),
    NO_CHECKPOINT(404, "There is no such checkpoint"),
    NO_BLOB(404, "There is no such blob"),
    NO_ALIAS(404, "There is no such alias"),
    /** The service only reads, as it was configured. */
    READ_ONLY(403, "The service only reads"),
    /** The run was begun with another spec, on another stream or on another kind of machine. */
    RUN_DIFFERS(409, "The run was begun as another one"),
    /** The epoch was never granted. */
    UNKNOWN_WRITER(409, "There is no such writer"),
    /** A higher epoch was granted: another trainer writes this run now. */
    FENCED(409, "Another trainer writes this run"),
    /** The step is committed with other bytes; the run is then not deterministic. */
    STATE_DIFFERS(409, "The step is committed with another state"),
    /** The manifest does not follow the newest checkpoint. */
    PARENT_DIFFERS(409, "The checkpoint does not follow the newest one"),
    /** Upload the blobs named in {@code missing}, then commit again. */
    BLOBS_MISSING(409, "Blobs of the checkpoint are missing"),
    /** The run would lose its place. */
    NEWEST_CHECKPOINT(409, "The newest checkpoint stays"),
    /** An alias or a reader holds it. */
    CHECKPOINT_HELD(409, "The checkpoint is held"),
    /** It is about to be gone, so nobody can take hold of it any more. */
    RETIRING(409, "The checkpoint is being deleted"),
    /** The alias was not moved, because what was asked for does not hold. */
    GUARD_FAILED(409, "The alias' guard does not hold"),
    /** The alias has pointed at one checkpoint only. */
    NO_PREVIOUS(409, "There is nothing to roll back to"),
    TOO_LARGE(413, "The body is too large"),
    DIGEST_DIFFERS(422, "The blob's digest differs"),
    MANIFEST_CORRUPT(500, "The manifest in storage is corrupt"),
    ALIAS_CORRUPT(500, "A move of the alias in storage is corrupt"),
    RUN_CORRUPT(500, "The run's identity in storage is corrupt"),
    BLOB_CORRUPT(502, "The blob in storage is corrupt"),
    STORAGE_UNAVAILABLE(503, "Object storage is not available"),
    /** The store does not keep the rule that of several creates one wins. */
    STORAGE_UNFIT(503, "Object storage cannot hold checkpoints");

    private final int status;
    private final String title;

    Problem(int status, String title) {
        this.status = status;
        this.title = title;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
