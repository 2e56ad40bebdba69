package dev.vaestream.ingest;

/** Where a batch from outside belongs, as its stream stands. */
enum Placement {
    /** It is the next: append it. */
    NEXT,
    /** Its place is taken, which is right if it is the same batch. */
    TAKEN,
    /** A batch before it is missing. */
    GAP;

    /** @param expected the sequence that the stream waits for */
    static Placement of(long sequence, long expected) {
        if (sequence == expected) {
            return NEXT;
        }
        return sequence < expected ? TAKEN : GAP;
    }
}
