package dev.vaestream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15));

    @ParameterizedTest
    @CsvSource({"1, 500", "2, 1000", "3, 2000", "5, 8000", "6, 15000", "100, 15000", "2147483647, 15000"})
    void eachWaitIsTwiceTheOneBeforeUpToTheLimit(int failures, long millis) {
        assertThat(backoff.after(failures)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void aLimitBelowTheFirstWaitIsRefused() {
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("back-off is PT2S up to PT1S; it must be positive and not shrink");
    }
}
