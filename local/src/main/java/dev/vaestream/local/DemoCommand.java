package dev.vaestream.local;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = {
            "Publishes a dataset as a stream, trains a run on it and draws samples.png.",
            "Typed again, it goes on where it was stopped."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class DemoCommand implements Callable<Integer> {
    private static final Path PICTURE = Path.of("samples.png");

    private final Surroundings surroundings;

    @Mixin
    private DirectoryOption state = new DirectoryOption();

    @Mixin
    private StartOptions start = new StartOptions();

    @Option(names = "--epochs", paramLabel = "N", description = "passes over the dataset (default: ${DEFAULT-VALUE})")
    private int epochs = DemoPlan.TUTORIAL_EPOCHS;

    @Option(names = "--keep-running", description = "leave everything running in the background at the end")
    private boolean keepRunning;

    DemoCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        start.check();
        Path data = start.data().orElse(new Installation(surroundings.installation()).mnist());
        new IdxDirectory(data).requireFiles();
        DemoPlan plan = new DemoPlan(start.data().map(DatasetName::of).orElse(DemoPlan.MNIST), epochs);
        StateDirectory directory = state.directory();
        directory.create();
        DiskSpace.requireSome(directory.root());
        CliLog.to(directory.log("cli"));
        Screen screen = surroundings.screen();
        DemoCluster clusters = new DemoCluster(surroundings, directory, start, screen);
        try (ClusterAccess cluster = clusters.open(plan, keepRunning)) {
            new Demo(plan, new IdxDirectory(data), directory, cluster, screen, surroundings.glyphs(), PICTURE).run();
            screen.line(clusters.farewell(cluster, keepRunning));
        } finally {
            clusters.forget();
            screen.endProgress();
        }
        return 0;
    }
}
