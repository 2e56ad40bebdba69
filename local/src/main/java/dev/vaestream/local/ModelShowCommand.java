package dev.vaestream.local;

import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.ModelSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "show",
        description =
                "Shows a model's modules, their inputs, outputs and parameters; the tutorial's unless told otherwise.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ModelShowCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private DirectoryOption state = new DirectoryOption();

    @Option(names = "--run", paramLabel = "RUN", description = "the model of a run that has begun")
    private @Nullable String run;

    @Option(names = "--spec", paramLabel = "FILE", description = "the model of a run spec as JSON")
    private @Nullable Path spec;

    @Option(
            names = "--depth",
            paramLabel = "N",
            defaultValue = "9",
            description = "modules deeper than this count for the one above them")
    private int depth;

    ModelShowCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (depth < 0) {
            throw new UsageException("--depth is %d; it must be at least 0".formatted(depth));
        }
        if (run != null && spec != null) {
            throw new UsageException("--run and --spec are both there; a table shows one model");
        }
        TensorFlowProgram table = new TensorFlowProgram(
                new Installation(surroundings.installation()),
                "dev.vaestream.vae.ModelTable",
                List.of(Integer.toString(depth)));
        table.run(Json.write(model())).lines().forEach(surroundings::line);
        return 0;
    }

    private ModelSpec model() {
        if (spec != null) {
            return RunDraft.read(spec).spec().model();
        }
        return run == null ? ModelSpec.DEFAULT : model(run);
    }

    private ModelSpec model(String name) {
        return state.services().begunRun(name).identity().spec().model();
    }
}
