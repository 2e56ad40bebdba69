package dev.vaestream.trainer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** The trainer's own meters. The names of runs are no tags, so that their number does not grow. */
final class TrainerMeter implements RunMeter {
    private static final int RATE_WINDOW = 100;

    private final Counter steps;
    private final Counter skipped;
    private final Counter duplicates;
    private final LongSupplier nanoTime;
    private volatile IntSupplier prefetched = TrainerMeter::none;
    private volatile double loss = Double.NaN;
    private volatile double stepsPerSecond;
    private volatile double headroom = Double.NaN;
    private volatile double lag = Double.NaN;
    private volatile long committedAt;
    private volatile boolean training;
    private int windowSteps;
    private long windowStart;

    TrainerMeter(MeterRegistry registry, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.steps = Counter.builder("vaestream.trainer.steps")
                .description("Optimizer steps made")
                .register(registry);
        this.skipped = Counter.builder("vaestream.trainer.skipped")
                .description("Batches that were bad by their own bytes and took their place without a step")
                .register(registry);
        this.duplicates = Counter.builder("vaestream.trainer.duplicates")
                .description("Records dropped because their sequence had come before")
                .register(registry);
        Gauge.builder("vaestream.trainer.loss", () -> loss)
                .description("Loss of the last step")
                .register(registry);
        Gauge.builder("vaestream.trainer.rate", () -> stepsPerSecond)
                .description("Steps a second over the last hundred steps; 0 while no run is trained")
                .register(registry);
        Gauge.builder("vaestream.trainer.headroom", () -> headroom)
                .description("Records that retention may still delete before a restart from the newest checkpoint would"
                        + " miss one; negative where it would, NaN while no run is trained")
                .register(registry);
        Gauge.builder("vaestream.trainer.lag", () -> lag)
                .description("Records of the run's stream that are in Kafka and were not read yet; NaN while no run is"
                        + " trained")
                .register(registry);
        Gauge.builder("vaestream.trainer.checkpoint.age", this::checkpointAge)
                .baseUnit("seconds")
                .description(
                        "Since the newest checkpoint was committed, or training began; NaN while no run is trained")
                .register(registry);
        Gauge.builder("vaestream.trainer.prefetched", () -> prefetched.getAsInt())
                .description("Batches that are ready for the training thread")
                .register(registry);
    }

    /** Training begins; {@code ready} says how many batches are prepared. */
    void begin(IntSupplier ready) {
        prefetched = ready;
        windowSteps = 0;
        windowStart = nanoTime.getAsLong();
        committedAt = windowStart;
        training = true;
    }

    /** A checkpoint is committed. */
    void committed() {
        committedAt = nanoTime.getAsLong();
    }

    /** Training has ended or was left. */
    void end() {
        prefetched = TrainerMeter::none;
        stepsPerSecond = 0;
        headroom = Double.NaN;
        lag = Double.NaN;
        training = false;
    }

    /** @param records between the log's beginning and what a restart needs */
    void headroom(long records) {
        headroom = records;
    }

    @Override
    public void stepped(double newLoss) {
        steps.increment();
        loss = newLoss;
        windowSteps++;
        if (windowSteps == RATE_WINDOW) {
            long now = nanoTime.getAsLong();
            stepsPerSecond = windowSteps * (double) TimeUnit.SECONDS.toNanos(1) / Math.max(1, now - windowStart);
            windowStart = now;
            windowSteps = 0;
        }
    }

    @Override
    public void skipped() {
        skipped.increment();
    }

    @Override
    public void duplicate() {
        duplicates.increment();
    }

    @Override
    public void lag(long records) {
        lag = records;
    }

    private double checkpointAge() {
        return training ? (nanoTime.getAsLong() - committedAt) / (double) TimeUnit.SECONDS.toNanos(1) : Double.NaN;
    }

    private static int none() {
        return 0;
    }
}
