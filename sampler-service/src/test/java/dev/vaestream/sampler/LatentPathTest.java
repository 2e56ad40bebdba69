package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LatentPathTest {
    private static final Offset<Float> ROUNDING = Offset.offset(1e-6f);
    private static final float[] RIGHT = {1, 0};
    private static final float[] UP = {0, 1};

    @ParameterizedTest
    @EnumSource(LatentPath.class)
    void bothEndsAreOnThePath(LatentPath path) {
        float[] points = path.points(new float[] {3, 0.5f}, new float[] {-1, 2}, 4);

        assertThat(new float[] {points[0], points[1]}).containsExactly(new float[] {3, 0.5f}, ROUNDING);
        assertThat(new float[] {points[6], points[7]}).containsExactly(new float[] {-1, 2}, ROUNDING);
    }

    @Test
    void aLineGoesStraight() {
        assertThat(LatentPath.LINEAR.points(RIGHT, UP, 3))
                .containsExactly(new float[] {1, 0, 0.5f, 0.5f, 0, 1}, ROUNDING);
    }

    @Test
    void aGreatCircleKeepsTheLength() {
        float half = (float) Math.sqrt(0.5);

        assertThat(LatentPath.SPHERICAL.points(RIGHT, UP, 3))
                .containsExactly(new float[] {1, 0, half, half, 0, 1}, ROUNDING);
    }

    @Test
    void aThirdOfAGreatCircleIsAThirdOfItsAngle() {
        float[] points = LatentPath.SPHERICAL.points(RIGHT, UP, 4);

        assertThat(points[2]).isCloseTo((float) Math.cos(Math.PI / 6), ROUNDING);
        assertThat(points[3]).isCloseTo((float) Math.sin(Math.PI / 6), ROUNDING);
    }

    @Test
    void betweenEndsInOneDirectionTheGreatCircleIsTheLine() {
        assertThat(LatentPath.SPHERICAL.points(RIGHT, new float[] {3, 0}, 3))
                .containsExactly(new float[] {1, 0, 2, 0, 3, 0}, ROUNDING);
    }

    @Test
    void throughTheOriginTheGreatCircleIsTheLine() {
        assertThat(LatentPath.SPHERICAL.points(RIGHT, new float[] {-1, 0}, 3))
                .containsExactly(new float[] {1, 0, 0, 0, -1, 0}, ROUNDING);
    }

    @Test
    void fromTheOriginTheGreatCircleIsTheLine() {
        assertThat(LatentPath.SPHERICAL.points(new float[2], UP, 3))
                .containsExactly(new float[] {0, 0, 0, 0.5f, 0, 1}, ROUNDING);
    }

    @Test
    void oneStepIsTheBeginning() {
        assertThat(LatentPath.SPHERICAL.points(RIGHT, UP, 1)).containsExactly(1, 0);
    }
}
