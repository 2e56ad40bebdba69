package dev.vaestream.integrationtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaestream.local.Member;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Python with JAX or TensorFlow opens what the services made, and makes it again: {@code examples/python}. */
@Tag("interop")
class InteropIT {
    private static final String RUN = "both";
    private static final Path EXAMPLES = Pipeline.home().resolve("examples/python");

    @TempDir
    private static Path directory;

    private static Pipeline pipeline;

    @BeforeAll
    static void train() {
        Command imports = python("-c", "import jax, flax, optax, safetensors, confluent_kafka");
        assumeTrue(imports.await() == 0, "no Python with JAX here: pip install -r examples/python/requirements.txt");
        pipeline = Pipeline.start(directory);
        pipeline.createStream("mnist", 1, 1);
        pipeline.postJson(
                Member.INGEST,
                "/v1/runs",
                "{\"run\": \"%s\", \"spec\": {\"stream\": \"mnist\", \"steps\": 500, \"logEvery\": 1}}".formatted(RUN));
        pipeline.awaitWeights(RUN);
    }

    @AfterAll
    static void close() {
        if (pipeline != null) {
            pipeline.close();
        }
    }

    @Test
    void flaxDecodesTheSamplersImages() {
        assertThat(example("decode.py").awaitSuccess()).contains("100 images of both/500");
    }

    @Test
    void jaxHasTheSameLosses() {
        String kafka = pipeline.cluster().addresses().bootstrapServers();
        assertThat(example("train.py", "--run", RUN, "--kafka", kafka).awaitSuccess())
                .contains("first 100: ", "means of 100: ");
    }

    @Test
    void tensorFlowDecodesTheSamplersImagesFromAnExport() {
        Command imports = python("-c", "import tensorflow");
        assumeTrue(imports.await() == 0, "no Python with TensorFlow here: pip install tensorflow");
        String state = directory.toString();
        Command.vaestream(directory, "export", RUN, "--format", "saved-model", "--output", "decoder", "--dir", state)
                .awaitSuccess();

        assertThat(example("saved_model.py", "--saved-model", "decoder").awaitSuccess())
                .contains("100 images of both/500 in TensorFlow");
    }

    private static Command example(String script, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                EXAMPLES.resolve(script).toString(),
                "--sampler",
                pipeline.address(Member.SAMPLER, "").toString(),
                "--ingest",
                pipeline.address(Member.INGEST, "").toString(),
                "--checkpoints",
                pipeline.address(Member.CHECKPOINT, "").toString()));
        arguments.addAll(List.of(more));
        return python(arguments.toArray(String[]::new));
    }

    private static Command python(String... arguments) {
        List<String> command = new ArrayList<>(List.of("python3"));
        command.addAll(List.of(arguments));
        return Command.start(directory, command);
    }
}
