package dev.vaestream.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.StoredArray;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class DecoderTest {
    private static final Decoder DECODER =
            Decoder.load(ModelSpec.DEFAULT, Goldens.arrays("vae32_seed0xffff_step2000.safetensors"));

    @AfterAll
    static void close() {
        DECODER.close();
    }

    @Test
    void theImagesAreFlaxs() {
        SortedMap<String, StoredArray> golden = Goldens.arrays("decode_step2000.safetensors");
        float[] images =
                DECODER.decode(golden.get("z").floats(), golden.get("label").ints());
        assertThat(images).containsExactly(golden.get("image").floats(), within(1e-5f));
    }

    @Test
    void aClassThatTheModelDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> DECODER.decode(new float[32], new int[] {10}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("class is 10; it must be 0 to 9");
    }

    @Test
    void latentsOfAnotherSizeAreRefused() {
        assertThatThrownBy(() -> DECODER.decode(new float[31], new int[] {1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 classes need 1 latents of 32 numbers, not 31 numbers");
    }

    @Test
    void aModelOfAnotherSizeIsRefused() {
        ModelSpec narrow = new ModelSpec(
                16, ModelSpec.DEFAULT.encoder(), ModelSpec.DEFAULT.decoder(), ModelSpec.DEFAULT.classes());
        assertThatThrownBy(() -> Decoder.load(narrow, Goldens.arrays("vae32_seed0xffff_step2000.safetensors")))
                .hasMessageContaining("post_latent_proj.kernel");
    }
}
