package dev.vaestream.trainer;

/** Counts what happens to the batches of a run. */
interface RunMeter {
    /** A batch was trained on. */
    void stepped(double loss);

    /** A batch that was bad by its own bytes took its place without a step. */
    void skipped();

    /** A record was dropped, as its sequence had come before. */
    void duplicate();

    /** So many records of the stream are in Kafka and were not read yet. */
    void lag(long records);
}
