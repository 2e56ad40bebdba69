package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RejectionsTest {
    private final SettableClock clock = new SettableClock();
    private final Rejections rejections = new Rejections(clock, Duration.ofMinutes(1));
    private final Checkpoint checkpoint = Fixtures.tinyCheckpoint("demo", 500);

    @Test
    void whatWasNotRejectedIsNotHeld() {
        assertThat(rejections.hold(checkpoint)).isFalse();
    }

    @Test
    void whatWasRejectedIsHeldUntilItsTime() {
        rejections.add(checkpoint, "broken");
        clock.advance(Duration.ofSeconds(59));
        assertThat(rejections.hold(checkpoint)).isTrue();

        clock.advance(Duration.ofSeconds(1));

        assertThat(rejections.hold(checkpoint)).isFalse();
    }

    @Test
    void onlyTheFirstTimeIsNew() {
        assertThat(rejections.add(checkpoint, "broken")).isTrue();
        assertThat(rejections.add(checkpoint, "still broken")).isFalse();
        assertThat(rejections.all()).singleElement().hasToString("demo/500: still broken");
    }

    @Test
    void anotherManifestOfTheSameStepIsAnotherCheckpoint() {
        rejections.add(checkpoint, "broken");
        Checkpoint other =
                new Checkpoint(checkpoint.identity(), Fixtures.manifest("demo", 500, Fixtures.tinyParams(-1)));

        assertThat(rejections.hold(other)).isFalse();
    }

    @Test
    void whatNoLongerMattersIsForgotten() {
        rejections.add(checkpoint, "broken");

        rejections.retain(any -> false);

        assertThat(rejections.all()).isEmpty();
    }

    @Test
    void aRetryWithoutDelayWouldNeverEnd() {
        assertThatThrownBy(() -> new Rejections(clock, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT0S");
    }
}
