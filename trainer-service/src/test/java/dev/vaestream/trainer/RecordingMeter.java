package dev.vaestream.trainer;

/** Counts in fields. */
final class RecordingMeter implements RunMeter {
    volatile int steps;
    volatile int skipped;
    volatile int duplicates;

    @Override
    public synchronized void stepped(double loss) {
        steps++;
    }

    @Override
    public synchronized void skipped() {
        skipped++;
    }

    @Override
    public synchronized void duplicate() {
        duplicates++;
    }

    @Override
    public void lag(long records) {}
}
