package dev.vaestream.local;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "supervise", description = "What up starts in the background.", hidden = true)
final class SuperviseCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private DirectoryOption state = new DirectoryOption();

    @Mixin
    private StartOptions start = new StartOptions();

    SuperviseCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Ends when a child keeps dying, or when it is told to. */
    @Override
    public Integer call() throws InterruptedException {
        ChildLog.configure();
        try (LocalCluster cluster =
                LocalCluster.start(start.cluster(surroundings.installation(), state.directory()), surroundings::line)) {
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "stop"));
            while (true) {
                cluster.throwFailure();
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }
}
