package dev.vaestream.local;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "up",
        description = "Starts broker, object store and the four services in the background.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class UpCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private DirectoryOption state = new DirectoryOption();

    @Mixin
    private StartOptions start = new StartOptions();

    UpCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        start.check();
        StateDirectory directory = state.directory();
        if (BackgroundCluster.find(directory).isPresent()) {
            throw new CommandFailedException(
                    "a cluster is running in %s; stop it with: ./vaestream down".formatted(directory.root()));
        }
        long begun = System.nanoTime();
        BackgroundCluster cluster = BackgroundCluster.start(directory, surroundings.installation(), start.arguments());
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        surroundings.line(Text.labelled(
                "started",
                "broker, object store and four services in %d s; state in %s"
                        .formatted(took.toSeconds(), directory.root())));
        surroundings.line(
                Text.labelled("open", cluster.addresses().http(Member.SAMPLER) + "   stop: ./vaestream down"));
        return 0;
    }
}
