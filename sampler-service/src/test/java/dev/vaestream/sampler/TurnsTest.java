package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns turns = new Turns(1, Duration.ofMillis(1));

    @Test
    void aTurnGivesItsResult() {
        assertThat(turns.<String>take(() -> "image")).isEqualTo("image");
    }

    @Test
    void whoGetsNoTurnInTimeIsTurnedAway() {
        assertThatThrownBy(() -> turns.take(() -> turns.take(() -> "inner")))
                .isInstanceOf(BusyException.class)
                .hasMessage("1 requests are being computed and none ended within 1 ms");
    }

    @Test
    void aFailedTurnIsGivenBack() {
        assertThatThrownBy(() -> turns.take(() -> {
                    throw new IllegalStateException("no image");
                }))
                .hasMessage("no image");

        assertThat(turns.<String>take(() -> "image")).isEqualTo("image");
    }
}
