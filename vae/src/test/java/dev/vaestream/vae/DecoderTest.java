package dev.vaestream.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StoredArray;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class DecoderTest {
    private static final Decoder DECODER =
            Decoder.load(ModelSpec.DEFAULT, Goldens.arrays("vae32_seed0xffff_step2000.safetensors"));

    @Test
    void theImagesAreFlaxs() {
        SortedMap<String, StoredArray> golden = Goldens.arrays("decode_step2000.safetensors");
        float[] images =
                DECODER.decode(golden.get("z").floats(), golden.get("label").ints());
        assertThat(images).containsExactly(golden.get("image").floats(), within(1e-5f));
    }

    @Test
    void anImageIsTheSameBitsAloneAndInAnyCompany() {
        Random random = new Random(3);
        float[] latents = Latents.of(4, 9, 0, 64, 32);
        int[] classes = random.ints(64, 0, 10).toArray();
        float[] together = DECODER.decode(latents, classes);
        for (int i = 0; i < 64; i++) {
            float[] alone = DECODER.decode(Arrays.copyOfRange(latents, i * 32, (i + 1) * 32), new int[] {classes[i]});
            assertThat(alone).isEqualTo(Arrays.copyOfRange(together, i * 784, (i + 1) * 784));
        }
    }

    /** The arithmetic is Java's own, so this digest holds on every machine. */
    @Test
    void theBitsAreTheSameOnEveryMachine() {
        ByteBuffer bits = ByteBuffer.allocate(784 * Float.BYTES);
        bits.asFloatBuffer().put(DECODER.decode(Latents.of(0, 0, 0, 1, 32), new int[1]));

        assertThat(Sha256.of(bits.array()).hex())
                .isEqualTo("8f6d688dabb7b1ada967c0cdd74d457b3ef0a6abd273742c47fd7356cc34c4c9");
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
