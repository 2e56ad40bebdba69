package dev.vaestream.local;

import dev.vaestream.contracts.CheckpointEvent;
import dev.vaestream.contracts.MetricsEvent;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.StreamSpec;
import dev.vaestream.contracts.StreamStatus;
import dev.vaestream.contracts.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The demo on a running cluster: publish and train, then {@link DemoSummary}. */
final class Demo {
    private static final Duration POLL = Duration.ofMillis(200);
    /** Metrics and events come on two topics; the last of one may come a little after the last of the other. */
    private static final Duration METRICS_TIMEOUT = Duration.ofSeconds(5);

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
            RunView view = new RunView(request.spec().steps());
            train(request, view);
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

    private void train(RunRequest request, RunView view) {
        try (RunFollower follower =
                new RunFollower(cluster.addresses().bootstrapServers(), new Topics(""), request.run())) {
            follower.history().forEach(message -> apply(view, message));
            services.startRun(request);
            screen.line(Text.labelled("run", describe(request)));
            view.resumedFrom().ifPresent(this::showResumed);
            Stalled stalled = new Stalled(services, request.spec().stream(), screen);
            while (!view.finished()) {
                cluster.check();
                DiskSpace.requireSome(directory.root());
                var messages = follower.poll(view.completed() ? METRICS_TIMEOUT : POLL);
                if (view.completed() && messages.isEmpty()) {
                    break;
                }
                messages.forEach(message -> show(view, message));
                view.failure().ifPresent(reason -> {
                    throw new CommandFailedException("run %s failed: %s".formatted(request.run(), reason));
                });
                stalled.look(!messages.isEmpty());
                screen.progress(view.progress());
            }
        }
        screen.endProgress();
    }

    private static void apply(RunView view, RunFollower.Message message) {
        if (message.event() instanceof RunEvent event) {
            view.apply(event);
        } else if (message.event() instanceof MetricsEvent event) {
            view.apply(event, message.at());
        }
    }

    private void show(RunView view, RunFollower.Message message) {
        apply(view, message);
        if (message.event() instanceof MetricsEvent.Window window) {
            screen.line(Text.window(window));
        } else if (message.event() instanceof RunEvent) {
            view.resumedFrom().ifPresent(this::showResumed);
        } else if (message.event() instanceof CheckpointEvent event
                && event.change() == CheckpointEvent.Change.COMMITTED) {
            screen.line(Text.labelled(
                    "committed",
                    event.key() + ", manifest " + event.manifestDigest().abbreviated()));
        }
    }

    private void showResumed(long step) {
        screen.line(Text.labelled("resumed", "from step " + step));
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
