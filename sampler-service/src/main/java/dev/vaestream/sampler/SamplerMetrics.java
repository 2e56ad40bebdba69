package dev.vaestream.sampler;

import dev.vaestream.sampler.RejectedCheckpointException.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** The service's own meters. */
final class SamplerMetrics {
    private final Counter images;
    private final Counter loaded;
    private final Counter requested;
    private final Meter.MeterProvider<Counter> rejected;
    private final AtomicLong step = new AtomicLong(-1);

    SamplerMetrics(MeterRegistry registry) {
        images = Counter.builder("vaestream.sampler.images")
                .description("Images sent")
                .register(registry);
        loaded = Counter.builder("vaestream.sampler.checkpoints.loaded")
                .description("Checkpoints that became the served one")
                .register(registry);
        requested = Counter.builder("vaestream.sampler.checkpoints.requested")
                .description("Checkpoints loaded beside the served one because a request named them")
                .register(registry);
        rejected = Counter.builder("vaestream.sampler.checkpoints.rejected")
                .description("Attempts to load a checkpoint that failed a check")
                .withRegistry(registry);
        // An increase is only seen from a value on.
        Arrays.stream(Reason.values()).forEach(this::rejections);
        Gauge.builder("vaestream.sampler.step", step, AtomicLong::get)
                .description("Step of the served checkpoint, -1 before the first")
                .register(registry);
    }

    void sent(int count) {
        images.increment(count);
    }

    void loaded(Checkpoint checkpoint) {
        loaded.increment();
        step.set(checkpoint.manifest().step());
    }

    void requested() {
        requested.increment();
    }

    void rejected(Reason reason) {
        rejections(reason).increment();
    }

    private Counter rejections(Reason reason) {
        return rejected.withTag("reason", reason.name().toLowerCase(Locale.ROOT));
    }
}
