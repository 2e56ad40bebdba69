package dev.vaestream.learning.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EarlyStoppingTest {
    /** The example of Flax's own documentation. */
    @Test
    void itStopsWhereFlaxsDoes() {
        double[] losses = {4, 3, 3, 3, 2, 2, 2, 2, 1, 1};
        EarlyStopping stopping = EarlyStopping.of(1e-3, 2);
        int epoch = 0;
        while (!stopping.update(losses[epoch]).shouldStop()) {
            stopping = stopping.update(losses[epoch]);
            epoch++;
        }
        assertThat(epoch).isEqualTo(7);
    }

    /** As Flax's, which keeps {@code should_stop} where the metric improves. */
    @Test
    void whatHasStoppedStaysSo() {
        EarlyStopping stopped = EarlyStopping.of(0, 0).update(1).update(2);
        assertThat(stopped.shouldStop()).isTrue();
        assertThat(stopped.update(0.5).shouldStop()).isTrue();
        assertThat(stopped.update(0.5).hasImproved()).isTrue();
        assertThat(stopped.reset()).isEqualTo(EarlyStopping.of(0, 0));
    }

    @Test
    void theFirstMetricIsTheBest() {
        EarlyStopping first = EarlyStopping.of(0, 0).update(5);
        assertThat(first.bestMetric()).isEqualTo(5);
        assertThat(first.hasImproved()).isTrue();
    }

    @Test
    void lessThanTheDeltaIsNoImprovement() {
        EarlyStopping stopping = EarlyStopping.of(0.1, 3).update(5).update(4.95);
        assertThat(stopping.hasImproved()).isFalse();
        assertThat(stopping.bestMetric()).isEqualTo(5);
    }

    @Test
    void negativePatienceIsRefused() {
        assertThatThrownBy(() -> EarlyStopping.of(0, -1)).hasMessage("patience is -1; it must not be negative");
    }
}
