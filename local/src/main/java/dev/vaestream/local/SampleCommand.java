package dev.vaestream.local;

import dev.vaestream.contracts.Sha256;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "sample",
        description = "Draws images with the served checkpoint or another one, one row a class.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class SampleCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private DirectoryOption state = new DirectoryOption();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            defaultValue = "samples.png",
            description = "the picture (default: ${DEFAULT-VALUE})")
    private Path output = Path.of("samples.png");

    @Option(names = "--class", paramLabel = "N", description = "what to draw; may be repeated (default: every class)")
    private List<Integer> classes = List.of();

    @Option(names = "--count", paramLabel = "N", description = "images of each class (default: 10)")
    private @Nullable Integer count;

    @Option(names = "--index", paramLabel = "N", description = "the one image of one class, in place of --count")
    private @Nullable Integer index;

    @Option(names = "--seed", paramLabel = "N", description = "other seeds, other images (default: 0)")
    private @Nullable Long seed;

    @Option(names = "--run", paramLabel = "RUN", description = "whose checkpoint draws (default: the served one's)")
    private @Nullable String run;

    @Option(
            names = "--checkpoint",
            paramLabel = "STEP",
            description = "which one; latest, best or an alias will do (default: the served one)")
    private @Nullable String checkpoint;

    SampleCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        byte[] png = state.services().samplesPng(new SampleQuery(classes, count, index, seed, run, checkpoint));
        StateDirectory.writeWhole(output.toAbsolutePath(), png);
        surroundings.line(Text.labelled("samples", "%s, sha256 %s".formatted(output, Sha256.of(png))));
        return 0;
    }
}
