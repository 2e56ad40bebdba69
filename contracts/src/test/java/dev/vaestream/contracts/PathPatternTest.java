package dev.vaestream.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {
    @ParameterizedTest
    @CsvSource({
        "params.encoder.Dense_0.kernel, true",
        "params.encoder.*.kernel, true",
        "params.encoder.**, true",
        "params.**.kernel, true",
        "**.kernel, true",
        "**, true",
        "params.encoder.Dense_0.kernel.**, true",
        "**.params.encoder.Dense_0.kernel, true",
        "params.encoder.Dense_*.kernel, true",
        "params.encoder.*, false",
        "params.*.kernel, false",
        "*.kernel, false",
        "**.bias, false",
        "encoder.**, false",
        "params.enc, false",
        "paramsXencoder.Dense_0.kernel, false",
    })
    void starsStandForNames(String pattern, boolean matches) {
        assertThat(PathPattern.of(pattern).matches("params.encoder.Dense_0.kernel"))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "a/b", "(a)", "a b"})
    void whatIsNoPatternIsRefused(String pattern) {
        assertThatThrownBy(() -> PathPattern.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("is '%s'; it must be names".formatted(pattern));
    }
}
