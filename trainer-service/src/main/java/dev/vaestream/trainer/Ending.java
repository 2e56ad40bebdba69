package dev.vaestream.trainer;

/** Why a training has ended. */
enum Ending {
    /** It has made its last step. */
    COMPLETE,
    /** Its owner has cancelled it. */
    CANCELLED,
    /** Its trainer has to stop; another goes on. */
    STOPPED
}
