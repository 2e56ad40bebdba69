package dev.vaestream.local;

import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunStatus;
import dev.vaestream.contracts.Sha256;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The end of the demo: what the finished run is like, and what it draws. */
final class DemoSummary {
    private static final int IMAGES_PER_CLASS = 10;
    private static final Duration SERVED_TIMEOUT = Duration.ofMinutes(1);
    private static final long POLL_MILLIS = 200;

    private final DemoPlan plan;
    private final ClusterAccess cluster;
    private final Services services;
    private final Screen screen;
    private final Glyphs glyphs;
    private final Path picture;

    /** @param picture where the samples are saved */
    DemoSummary(DemoPlan plan, ClusterAccess cluster, Services services, Screen screen, Glyphs glyphs, Path picture) {
        this.plan = plan;
        this.cluster = cluster;
        this.services = services;
        this.screen = screen;
        this.glyphs = glyphs;
        this.picture = picture;
    }

    /** @param peakMemory of all processes together, in bytes */
    void show(RunRequest request, RunView view, long peakMemory) {
        long steps = request.spec().steps();
        screen.line(Text.labelled(
                "training",
                "%s %d/%d  %.0f steps/s  done in %s"
                        .formatted(
                                new ProgressBar(glyphs).full(),
                                steps,
                                steps,
                                view.stepsPerSecond(),
                                Text.duration(view.trainingTime()))));
        RunStatus status = services.run(request.run())
                .orElseThrow(() -> new CommandFailedException("run " + request.run() + " has no checkpoint"));
        screen.line(Text.labelled(
                "kept",
                "checkpoints "
                        + status.steps().stream().map(String::valueOf).collect(Collectors.joining(" ")) + " on "
                        + status.identity().numeric().device()));
        view.weights().ifPresent(weights -> screen.line(Text.labelled("weights", "sha256 " + weights)));
        Text.epochs(view.epochs()).forEach(screen::line);
        draw(request);
        view.lastEpoch()
                .ifPresent(losses -> screen.line(Text.labelled(
                        "loss", Text.losses(losses) + (plan.tutorial() ? "; the tutorial reports 13.8 to 14.5" : ""))));
        screen.line(Text.labelled("memory", "all processes together had %s at most".formatted(Text.bytes(peakMemory))));
    }

    private void draw(RunRequest request) {
        String wanted = request.run() + "/" + request.spec().steps();
        awaitServed(wanted);
        byte[] png = services.samplesPng(
                new SampleQuery(List.of(), IMAGES_PER_CLASS, request.spec().seed()));
        StateDirectory.writeWhole(picture.toAbsolutePath(), png);
        screen.line(Text.labelled(
                "samples",
                "%s, %d %s %d from %s, sha256 %s"
                        .formatted(
                                picture.getFileName(),
                                request.spec().model().classes(),
                                glyphs.times(),
                                IMAGES_PER_CLASS,
                                wanted,
                                Sha256.of(png))));
    }

    private void awaitServed(String wanted) {
        long deadline = System.nanoTime() + SERVED_TIMEOUT.toNanos();
        Optional<String> served = services.servedCheckpoint();
        while (!served.equals(Optional.of(wanted))) {
            cluster.check();
            if (System.nanoTime() - deadline > 0) {
                throw new CommandFailedException(
                        "the sampler serves %s, not %s; a newer checkpoint of another run comes first"
                                .formatted(served.orElse("nothing"), wanted));
            }
            pause();
            served = services.servedCheckpoint();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while waiting for the sampler", e);
        }
    }
}
