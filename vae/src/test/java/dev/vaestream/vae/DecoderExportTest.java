package dev.vaestream.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.Safetensors;
import dev.vaestream.contracts.StoredArray;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

class DecoderExportTest {
    private static final SortedMap<String, StoredArray> PARAMS =
            Goldens.arrays("vae32_seed0xffff_step2000.safetensors");

    @TempDir
    private static Path directory;

    private static Path exported;

    @BeforeAll
    static void export() throws IOException {
        exported = directory.resolve("decoder");
        DecoderExport.write(ModelSpec.DEFAULT, PARAMS, exported);
    }

    @Test
    void theSignatureNamesTypesAndShapes() {
        try (SavedModelBundle bundle = SavedModelBundle.load(exported.toString())) {
            Signature signature = bundle.function(Signature.DEFAULT_KEY).signature();

            assertThat(signature.getInputs()).containsOnlyKeys("latents", "classes");
            assertThat(signature.getInputs().get("latents").shape).hasToString("[-1, 32]");
            assertThat(signature.getInputs().get("classes").shape).hasToString("[-1]");
            assertThat(signature.getOutputs()).containsOnlyKeys("images");
            assertThat(signature.getOutputs().get("images").shape).hasToString("[-1, 784]");
        }
    }

    @Test
    void theImagesAreFlaxs() {
        SortedMap<String, StoredArray> golden = Goldens.arrays("decode_step2000.safetensors");
        float[] z = golden.get("z").floats();
        int[] c = golden.get("label").ints();

        assertThat(decode(exported, z, c)).containsExactly(golden.get("image").floats(), within(1e-5f));
    }

    @Test
    void theEncoderIsLeftOut() throws IOException {
        long decoder = PARAMS.entrySet().stream()
                .filter(array -> !array.getKey().matches("params\\.(encoder|pre_latent_proj)\\..*"))
                .mapToLong(array -> array.getValue().data().size())
                .sum();

        assertThat(Files.size(exported.resolve("saved_model.pb"))).isBetween(decoder, decoder + 8_192);
    }

    @Test
    void theProgramWritesTheSame() throws IOException {
        Path byProgram = directory.resolve("by-program");
        InputStream in = System.in;
        System.setIn(new ByteArrayInputStream(Safetensors.write(PARAMS)));
        try {
            DecoderExport.main(new String[] {
                new String(Json.write(ModelSpec.DEFAULT), StandardCharsets.UTF_8), byProgram.toString()
            });
        } finally {
            System.setIn(in);
        }
        float[] z = new float[32];
        int[] c = {3};

        assertThat(decode(byProgram, z, c)).containsExactly(decode(exported, z, c));
    }

    @Test
    void aModelOfAnotherSizeIsRefused() {
        ModelSpec narrow = new ModelSpec(
                16, ModelSpec.DEFAULT.encoder(), ModelSpec.DEFAULT.decoder(), ModelSpec.DEFAULT.classes());

        assertThatThrownBy(() -> DecoderExport.write(narrow, PARAMS, directory.resolve("narrow")))
                .hasMessageContaining("post_latent_proj.kernel");
    }

    private static float[] decode(Path model, float[] z, int[] c) {
        try (SavedModelBundle bundle = SavedModelBundle.load(model.toString());
                TFloat32 latents = TFloat32.tensorOf(Shape.of(c.length, 32), DataBuffers.of(z));
                TInt32 classes = TInt32.vectorOf(c);
                Result result = bundle.call(Map.of("latents", latents, "classes", classes))) {
            TFloat32 images = (TFloat32) result.get("images").orElseThrow();
            float[] values = new float[Math.toIntExact(images.size())];
            images.copyTo(DataBuffers.of(values));
            return values;
        }
    }
}
