package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vaestream.vae.Posterior;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatentMomentsTest {
    private final LatentMoments moments = new LatentMoments(3);

    @Test
    void aDimensionsStrengthIsTheVarianceOfTheMeans() {
        add(1, 0, 5);
        add(3, 0, -5);
        add(5, 0, 0);

        ClassLatents latents = ClassLatents.of(moments, 3);

        assertThat(latents.images()).isEqualTo(3);
        assertThat(latents.mean()).isEqualTo(List.of(3.0, 0.0, 0.0));
        assertThat(latents.strength().get(0)).isCloseTo(8 / 3.0, within(1e-12));
        assertThat(latents.strength().get(1)).isZero();
        assertThat(latents.strength().get(2)).isCloseTo(50 / 3.0, within(1e-12));
        assertThat(latents.strongest()).isEqualTo(List.of(2, 0, 1));
    }

    @Test
    void theDeviationHasThePosteriorsOwnVariances() {
        moments.add(new Posterior(new float[] {1, 0, 0}, new float[] {(float) Math.log(2), 0, 0}));
        moments.add(new Posterior(new float[] {-1, 0, 0}, new float[] {(float) Math.log(4), 0, 0}));

        ClassLatents latents = ClassLatents.of(moments, 3);

        assertThat(latents.standardDeviation().get(0)).isCloseTo(Math.sqrt(1 + 3), within(1e-6));
        assertThat(latents.standardDeviation().get(1)).isEqualTo(1);
    }

    @Test
    void oneImageHasNoStrength() {
        add(7, 8, 9);

        assertThat(ClassLatents.of(moments, 3).strength()).containsOnly(0.0);
        assertThat(ClassLatents.of(moments, 3).strongest()).isEqualTo(List.of(0, 1, 2));
    }

    private void add(float... mean) {
        moments.add(new Posterior(mean, new float[3]));
    }
}
