package dev.vaestream.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.RunStatus;
import dev.vaestream.contracts.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
    private static final byte[] PARAMS = Examples.file(1, 2, 3);
    private static final Manifest MANIFEST = Examples.manifest("demo", 500, null, PARAMS, Examples.file(4));

    @TempDir
    Path directory;

    private CommandFixture commands;
    private Path output;

    @BeforeEach
    void store() throws IOException {
        commands = new CommandFixture(directory);
        output = directory.resolve("exported");
        FakeServices services = commands.services();
        services.answer(
                "GET /v1/runs/demo",
                200,
                Json.write(new RunStatus(
                        Examples.identity("demo", RunSpec.defaults("mnist", 500)), List.of(500L), MANIFEST)));
        services.answer("GET /v1/runs/demo/checkpoints/500", 200, MANIFEST.encode());
        services.answer("GET /v1/runs/demo/checkpoints/latest", 200, MANIFEST.encode());
        services.answer("GET /v1/blobs/" + Sha256.of(PARAMS), 200, PARAMS);
    }

    @AfterEach
    void close() {
        commands.close();
    }

    @Test
    void safetensorsAreTheStoredBytes() {
        assertThat(export("demo", "500", "--format=safetensors")).isZero();

        assertThat(output).hasBinaryContent(PARAMS);
        assertThat(commands.lines())
                .containsExactly("export    %s: demo/500 as safetensors, %d bytes, sha256 %s"
                        .formatted(output, PARAMS.length, Sha256.of(PARAMS)));
    }

    @Test
    void withoutAStepItIsTheNewestCheckpoint() {
        assertThat(export("demo", "--format=safetensors")).isZero();
        assertThat(commands.services().calls()).contains("GET /v1/runs/demo/checkpoints/latest");
    }

    @Test
    void otherBytesThanTheManifestNamesAreNotWritten() {
        byte[] other = Examples.file(1, 2, 4);
        commands.services().answer("GET /v1/blobs/" + Sha256.of(PARAMS), 200, other);

        assertThat(export("demo", "500", "--format=safetensors")).isEqualTo(1);

        assertThat(commands.failure())
                .startsWith("vaestream: blob params.safetensors came with")
                .contains(Sha256.of(other).hex(), Sha256.of(PARAMS).hex());
        assertThat(output).doesNotExist();
    }

    @Test
    void aManifestThatWasChangedIsNotUsed() {
        Manifest other = Examples.manifest("demo", 500, null, Examples.file(9), Examples.file(4));
        byte[] forged = new String(MANIFEST.encode(), UTF_8)
                .replace(
                        Sha256.of(PARAMS).hex(),
                        other.blob(Blob.PARAMS).sha256().hex())
                .getBytes(UTF_8);
        commands.services().answer("GET /v1/runs/demo/checkpoints/500", 200, forged);

        assertThat(export("demo", "500", "--format=safetensors")).isEqualTo(1);
        assertThat(commands.failure()).contains("in a form that is not understood: Field digest: is ");
    }

    @Test
    void theDecoderIsWrittenByAProgramThatGetsModelAndParameters() throws IOException {
        FakeTrainerLibraries.installDecoderExport(directory);

        assertThat(export("demo", "500", "--format=saved-model")).isZero();

        assertThat(Json.read(Files.readAllBytes(output.resolve("model.json")), ModelSpec.class))
                .isEqualTo(ModelSpec.DEFAULT);
        assertThat(output.resolve("params")).hasBinaryContent(PARAMS);
        assertThat(commands.lines())
                .containsExactly(
                        "export    %s: demo/500 as saved-model, latents (n, 32), classes (n) -> images (n, 784)"
                                .formatted(output));
    }

    @Test
    void aProgramThatFailsLeavesNothingBehind() throws IOException {
        FakeTrainerLibraries.installFailingDecoderExport(directory);

        assertThat(export("demo", "500", "--format=saved-model")).isEqualTo(1);

        assertThat(commands.failure()).isEqualTo("vaestream: dev.vaestream.vae.DecoderExport ended with exit code 7");
        assertThat(directory).isDirectoryNotContaining("glob:**exported*");
    }

    @Test
    void aDirectoryThatIsThereIsNotReplaced() throws IOException {
        Files.createDirectory(output);

        assertThat(export("demo", "500", "--format=saved-model")).isEqualTo(1);
        assertThat(commands.failure())
                .isEqualTo("vaestream: %s is there already; delete it or choose another name".formatted(output));
    }

    @Test
    void aRunThatHasNotBegunIsNamed() {
        assertThat(export("other", "--format=safetensors")).isEqualTo(1);
        assertThat(commands.failure())
                .isEqualTo("vaestream: there is no run 'other' that has begun; see: ./vaestream run list");
    }

    @Test
    void anotherFormatIsAUsageError() {
        assertThat(export("demo", "--format=onnx")).isEqualTo(2);
        assertThat(commands.failure()).contains("--format", "safetensors", "saved-model");
    }

    private int export(String... arguments) {
        List<String> all = new ArrayList<>(List.of("export", "--output=" + output));
        all.addAll(List.of(arguments));
        return commands.run(all.toArray(String[]::new));
    }
}
