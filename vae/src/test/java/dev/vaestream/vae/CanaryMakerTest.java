package dev.vaestream.vae;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.Canary;
import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StoredArray;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class CanaryMakerTest {
    private static final SortedMap<String, StoredArray> BEGUN = Goldens.arrays("vae32_seed0xffff_step0.safetensors");
    private static final SortedMap<String, StoredArray> TRAINED =
            Goldens.arrays("vae32_seed0xffff_step2000.safetensors");

    @Test
    void itIsTheFirstImageOfTheFirstClass() {
        float[] image = Decoder.load(ModelSpec.DEFAULT, TRAINED).decode(Latents.of(0, 0, 0, 1, 32), new int[1]);

        assertThat(canary(TRAINED)).isEqualTo(new Canary(0, 0, Sha256.of(Grey.of(image, 0, 784))));
    }

    @Test
    void oneCheckpointAfterAnotherHasItsOwn() {
        assertThat(canary(TRAINED)).isNotEqualTo(canary(BEGUN));
    }

    private static Canary canary(SortedMap<String, StoredArray> params) {
        return CanaryMaker.make(ModelSpec.DEFAULT, params);
    }
}
