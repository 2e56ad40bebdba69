package dev.vaestream.vae;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GreyTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 255", "0.5, 128", "0.25, 64", "-3, 0", "7.5, 255", "0.00195, 0", "0.00197, 1"})
    void valuesAreClampedAndRoundedToTheNearestGrey(float value, int grey) {
        assertThat(Byte.toUnsignedInt(Grey.of(value))).isEqualTo(grey);
    }

    @Test
    void aStretchOfValuesIsTakenFromItsOffset() {
        assertThat(Grey.of(new float[] {1, 0, 0.25f, 1, 0}, 1, 3)).containsExactly(0, 64, 255);
    }
}
