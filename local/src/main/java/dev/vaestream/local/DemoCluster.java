package dev.vaestream.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which cluster the demo uses, and what Ctrl-C does to it. */
final class DemoCluster {
    private final Surroundings surroundings;
    private final StateDirectory directory;
    private final StartOptions options;
    private final Screen screen;
    private @Nullable Thread hook;

    DemoCluster(Surroundings surroundings, StateDirectory directory, StartOptions options, Screen screen) {
        this.surroundings = surroundings;
        this.directory = directory;
        this.options = options;
        this.screen = screen;
    }

    /** The one that runs already; else a new one, in the background where it is to stay. */
    ClusterAccess open(DemoPlan plan, boolean stays) {
        Optional<BackgroundCluster> running = BackgroundCluster.find(directory);
        if (running.isPresent()) {
            running.get().awaitReady();
            requireDataset(plan);
            screen.line(Text.labelled("using", "the cluster that runs in " + shown()));
            return running.get();
        }
        long begun = System.nanoTime();
        ClusterAccess opened = stays ? background() : foreground(plan);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        screen.line(Text.labelled(
                "started",
                "broker, object store and four services in %d s; state in %s".formatted(took.toSeconds(), shown())));
        return opened;
    }

    String farewell(ClusterAccess cluster, boolean stays) {
        String address = cluster.addresses().http(Member.SAMPLER).toString();
        boolean up = stays || cluster instanceof BackgroundCluster;
        return Text.labelled(
                "open",
                up
                        ? address + "   again: ./vaestream demo   stop: ./vaestream down"
                        : "./vaestream up   then: " + address + "   stop: ./vaestream down");
    }

    /** From now on an interrupt stops nothing more than this command. */
    void forget() {
        Thread set = hook;
        if (set != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(set);
            } catch (IllegalStateException e) {
                // The interrupt came first.
            }
        }
    }

    private ClusterAccess background() {
        BackgroundCluster cluster =
                BackgroundCluster.start(directory, surroundings.installation(), options.arguments());
        onInterrupt(cluster::stop);
        return cluster;
    }

    private ClusterAccess foreground(DemoPlan plan) {
        ClusterOptions cluster = options.cluster(surroundings.installation(), directory)
                .withArguments(Member.SAMPLER, "-Dvaestream.sampler.run=" + plan.run());
        LocalCluster started = LocalCluster.start(cluster, notice -> screen.line(Text.labelled("restart", notice)));
        onInterrupt(started::close);
        return new ForegroundCluster(started);
    }

    private void onInterrupt(Runnable stop) {
        hook = new Thread(
                () -> {
                    screen.endProgress();
                    screen.line(Text.labelled("stopping", "everything, in a few seconds"));
                    stop.run();
                    screen.line(Text.labelled("stopped", "go on with: ./vaestream demo"));
                },
                "interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void requireDataset(DemoPlan plan) {
        if (options.data().isPresent() && !directory.state().datasets().containsKey(plan.dataset())) {
            throw new CommandFailedException(
                    "the running cluster does not know dataset '%s'; stop it first with: ./vaestream down"
                            .formatted(plan.dataset()));
        }
    }

    /** The state directory as a person would type it. */
    private Path shown() {
        Path here = Path.of("").toAbsolutePath();
        return directory.root().startsWith(here) ? here.relativize(directory.root()) : directory.root();
    }
}
