package dev.vaestream.local;

import dev.vaestream.contracts.MetricsEvent;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.Topics;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Queues a run and shows how far it has come until it has ended. */
final class AwaitedRun {
    private static final Duration POLL = Duration.ofMillis(200);
    /** Metrics and events come on two topics; the last of one may come a little after the last of the other. */
    private static final Duration METRICS_TIMEOUT = Duration.ofSeconds(5);

    private final ClusterAccess cluster;
    private final Services services;
    private final Screen screen;

    AwaitedRun(ClusterAccess cluster, Services services, Screen screen) {
        this.cluster = cluster;
        this.services = services;
        this.screen = screen;
    }

    /**
     * Waits until the run has completed.
     *
     * @param description shown once it is queued
     * @param told what is done with each event that comes while it waits
     * @param check what is asked while it waits, beside the cluster; ends the wait by an exception
     * @throws CommandFailedException where the run fails or is cancelled
     */
    RunView complete(RunRequest request, String description, Consumer<Object> told, Runnable check) {
        RunView view = new RunView(request.spec().steps());
        try (RunFollower follower =
                new RunFollower(cluster.addresses().bootstrapServers(), new Topics(""), request.run())) {
            follower.history().forEach(message -> apply(view, message));
            services.startRun(request);
            screen.line(Text.labelled("run", description));
            view.resumedFrom().ifPresent(this::showResumed);
            Stalled stalled = new Stalled(services, request.spec().stream(), screen);
            while (!view.finished()) {
                cluster.check();
                check.run();
                List<RunFollower.Message> messages = follower.poll(view.completed() ? METRICS_TIMEOUT : POLL);
                if (view.completed() && messages.isEmpty()) {
                    break;
                }
                messages.forEach(message -> show(view, message, told));
                if (!messages.isEmpty()) { // One that had failed before is queued again, which comes as a message too.
                    requireNoFailure(view, request.run());
                }
                stalled.look(!messages.isEmpty());
                screen.progress(view.progress());
            }
        }
        screen.endProgress();
        return view;
    }

    private static void requireNoFailure(RunView view, String run) {
        view.failure().ifPresent(reason -> {
            throw new CommandFailedException("run %s failed: %s".formatted(run, reason));
        });
    }

    private static void apply(RunView view, RunFollower.Message message) {
        if (message.event() instanceof RunEvent event) {
            view.apply(event);
        } else if (message.event() instanceof MetricsEvent event) {
            view.apply(event, message.at());
        }
    }

    private void show(RunView view, RunFollower.Message message, Consumer<Object> told) {
        apply(view, message);
        if (message.event() instanceof RunEvent) {
            view.resumedFrom().ifPresent(this::showResumed);
        }
        told.accept(message.event());
    }

    private void showResumed(long step) {
        screen.line(Text.labelled("resumed", "from step " + step));
    }
}
