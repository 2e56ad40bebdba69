package dev.vaestream.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.Canary;
import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StoredArray;
import java.util.Arrays;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CanaryMakerTest {
    private static final SortedMap<String, StoredArray> BEGUN = Goldens.arrays("vae32_seed0xffff_step0.safetensors");
    private static final SortedMap<String, StoredArray> TRAINED =
            Goldens.arrays("vae32_seed0xffff_step2000.safetensors");

    private final CanaryMaker canaries = CanaryMaker.of(RunSpec.defaults("mnist", 1));

    @AfterEach
    void close() {
        canaries.close();
    }

    @Test
    void itIsTheFirstImageOfTheDecodersFirstBucket() {
        try (Decoder decoder = Decoder.load(ModelSpec.DEFAULT, TRAINED)) {
            float[] bucket = decoder.decode(new Bucket(0, 0, 0).latents(32), new int[10]);
            byte[] first = Grey.of(Arrays.copyOf(bucket, 784), 0, 784);

            assertThat(canaries.make(TRAINED)).isEqualTo(new Canary(0, 0, Sha256.of(first)));
        }
    }

    @Test
    void oneCheckpointAfterAnotherHasItsOwn() {
        Canary begun = canaries.make(BEGUN);
        Canary trained = canaries.make(TRAINED);

        assertThat(trained).isNotEqualTo(begun);
        assertThat(canaries.make(BEGUN)).isEqualTo(begun);
    }

    @Test
    void closedItMakesNone() {
        canaries.make(BEGUN);
        canaries.close();

        assertThatThrownBy(() -> canaries.make(BEGUN)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBucketThatDoesNotBeginAtItsBorderIsRefused() {
        assertThatThrownBy(() -> new Bucket(0, 0, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("first is 5; it must be a multiple of 10");
    }
}
