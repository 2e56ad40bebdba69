package dev.vaestream.local;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.ModelSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description = {
            "Writes what a run has learned for other programs.",
            "safetensors: a checkpoint's parameters under Flax's names.",
            "saved-model: a TensorFlow SavedModel of the decoder; latents float32 (n, latentDim) and classes int32 (n)"
                    + " give images float32 (n, pixels)."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ExportCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private DirectoryOption state = new DirectoryOption();

    @Parameters(index = "0", paramLabel = "RUN", description = "the run's name")
    private String run = "";

    @Parameters(
            index = "1",
            paramLabel = "STEP",
            arity = "0..1",
            defaultValue = "latest",
            description = "of the checkpoint; latest, best or an alias will do (default: ${DEFAULT-VALUE})")
    private String step = "latest";

    @Option(names = "--format", paramLabel = "FORMAT", required = true, description = "one of ${COMPLETION-CANDIDATES}")
    private ExportFormat format = ExportFormat.SAFETENSORS;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "PATH",
            required = true,
            description = "the file, or for saved-model the directory, which must not be there yet")
    private Path output = Path.of("");

    ExportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Services services = state.services();
        ModelSpec model = services.begunRun(run).identity().spec().model();
        Checkpoints checkpoints = services.checkpoints(run);
        Manifest manifest = checkpoints.find(step);
        Blob params = manifest.blob(Blob.PARAMS);
        String written = switch (format) {
            case SAFETENSORS -> writeParams(params, checkpoints.blob(params));
            case SAVED_MODEL -> writeDecoder(model, checkpoints.blob(params));
        };
        surroundings.line(Text.labelled(
                "export", "%s: %s/%d as %s, %s".formatted(output, run, manifest.step(), format, written)));
        return 0;
    }

    private String writeParams(Blob params, byte[] bytes) {
        StateDirectory.writeWhole(output.toAbsolutePath(), bytes);
        return "%s bytes, sha256 %s".formatted(Text.count(bytes.length), params.sha256());
    }

    private String writeDecoder(ModelSpec model, byte[] params) {
        NewDirectory.write(
                output,
                directory -> new TensorFlowProgram(
                                new Installation(surroundings.installation()),
                                "dev.vaestream.vae.DecoderExport",
                                List.of(new String(Json.write(model), StandardCharsets.UTF_8), directory.toString()))
                        .run(params));
        return "latents (n, %d), classes (n) -> images (n, %d)".formatted(model.latentDim(), model.pixels());
    }
}
