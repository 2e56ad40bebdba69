package dev.vaestream.local;

import java.util.Locale;

/** A process of a cluster on one machine. */
public enum Member {
    BROKER,
    STORE,
    CHECKPOINT,
    INGEST,
    TRAINER,
    SAMPLER;

    /** Its name in messages, log files and state: the constant's in lower case. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean service() {
        return this != BROKER && this != STORE;
    }
}
