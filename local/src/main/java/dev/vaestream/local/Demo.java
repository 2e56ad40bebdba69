package dev.vaestream.local;

import dev.vaestream.contracts.CheckpointEvent;
import dev.vaestream.contracts.MetricsEvent;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.StreamSpec;
import dev.vaestream.contracts.StreamStatus;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The demo on a running cluster: publish and train, then {@link DemoSummary}. */
final class Demo {
    private final DemoPlan plan;
    private final IdxDirectory data;
    private final StateDirectory directory;
    private final ClusterAccess cluster;
    private final Screen screen;
    private final DemoSummary summary;
    private final Services services;
    private final MemoryMeter memory = new MemoryMeter();

    /** @param picture where the samples are saved */
    Demo(
            DemoPlan plan,
            IdxDirectory data,
            StateDirectory directory,
            ClusterAccess cluster,
            Screen screen,
            Glyphs glyphs,
            Path picture) {
        this.plan = plan;
        this.data = data;
        this.directory = directory;
        this.cluster = cluster;
        this.screen = screen;
        this.services = new Services(cluster.addresses());
        this.summary = new DemoSummary(plan, cluster, services, screen, glyphs, picture);
    }

    void run() {
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "memory");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Future<?> unused = watch.scheduleAtFixedRate(this::measure, 0, 1, TimeUnit.SECONDS);
            StreamSpec stream = publish();
            RunRequest request = plan.run(stream);
            RunView view = train(request);
            measure();
            summary.show(request, view, memory.peak());
        } finally {
            watch.shutdownNow();
        }
    }

    private void measure() {
        Set<Long> pids = new HashSet<>(cluster.pids());
        pids.add(ProcessHandle.current().pid());
        memory.measure(pids);
    }

    private StreamSpec publish() {
        Optional<StreamStatus> present = services.stream(plan.dataset());
        if (present.isEmpty() || present.get().spec().epochs() < plan.epochs()) {
            DiskSpace.require(directory.root(), DiskSpace.needed(data.imageBytes(), plan.epochs()));
        }
        StreamSpec spec = services.createStream(plan.stream(present)).spec();
        screen.line(Text.labelled(
                "stream",
                "%s: %s images, %s batches of %d, seed %d"
                        .formatted(
                                spec.stream(),
                                Text.count(spec.examples()),
                                Text.count(spec.batches()),
                                spec.batchSize(),
                                spec.seed())));
        return spec;
    }

    private RunView train(RunRequest request) {
        return new AwaitedRun(cluster, services, screen)
                .complete(request, describe(request), this::show, () -> DiskSpace.requireSome(directory.root()));
    }

    private void show(Object event) {
        if (event instanceof MetricsEvent.Window window) {
            screen.line(Text.window(window));
        } else if (event instanceof CheckpointEvent checkpoint
                && checkpoint.change() == CheckpointEvent.Change.COMMITTED) {
            screen.line(Text.labelled(
                    "committed",
                    checkpoint.key() + ", manifest "
                            + checkpoint.manifestDigest().abbreviated()));
        }
    }

    private String describe(RunRequest request) {
        return "%s: %s steps, %s parameters, %s"
                .formatted(
                        request.run(),
                        Text.count(request.spec().steps()),
                        Text.count(request.spec().model().parameters()),
                        request.spec().optimizer().toString().replace(".0E", "e"));
    }
}
