package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.sampler.Turns.Turn;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns turns = new Turns(100, Duration.ofMillis(1));

    @Test
    void whoFitsBesideTheOthersGetsATurn() {
        Turn first = turns.take(60);

        assertThat(turns.take(40)).isNotSameAs(first);
    }

    @Test
    void whoGetsNoTurnInTimeIsTurnedAway() {
        Turn first = turns.take(60);

        assertThatThrownBy(() -> turns.take(41))
                .isInstanceOf(BusyException.class)
                .hasMessage("60 pixels are being sent and too few ended within 1 ms");
        first.close();
    }

    @Test
    void aTurnThatEndedMakesRoom() {
        turns.take(60).close();

        assertThat(turns.take(100)).isNotNull();
    }

    @Test
    void aTurnEndsOnce() {
        Turn turn = turns.take(60);
        turn.close();
        turn.close();
        Turn whole = turns.take(100);

        assertThatThrownBy(() -> turns.take(1)).isInstanceOf(BusyException.class);
        whole.close();
    }

    @Test
    void anAnswerLargerThanAllIsGivenAllAndWaitsForTheOthers() {
        turns.take(1_000_000_000_000L).close();
        Turn small = turns.take(1);

        assertThatThrownBy(() -> turns.take(1_000_000_000_000L)).isInstanceOf(BusyException.class);
        small.close();
    }
}
