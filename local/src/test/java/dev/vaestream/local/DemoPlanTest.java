package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.ImageShape;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StreamRequest;
import dev.vaestream.contracts.StreamSpec;
import dev.vaestream.contracts.StreamStatus;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoPlanTest {
    @Test
    void theTutorialsRunIsDemo() {
        DemoPlan plan = new DemoPlan("mnist", 10);

        assertThat(plan.run()).isEqualTo("demo");
        assertThat(plan.tutorial()).isTrue();
        assertThat(plan.run(mnist(10)).spec()).isEqualTo(RunSpec.defaults("mnist", 37_500));
    }

    @Test
    void anotherNumberOfEpochsIsAnotherRun() {
        DemoPlan plan = new DemoPlan("mnist", 2);

        assertThat(plan.run()).isEqualTo("demo-2-epochs");
        assertThat(plan.tutorial()).isFalse();
        assertThat(plan.run(mnist(10)).spec().steps()).isEqualTo(7_500);
    }

    @Test
    void anotherDatasetNamesStreamAndRun() {
        assertThat(new DemoPlan("fashion-mnist", 10).run()).isEqualTo("fashion-mnist");
        assertThat(new DemoPlan("fashion-mnist", 3).run()).isEqualTo("fashion-mnist-3-epochs");
        assertThat(new DemoPlan("fashion-mnist", 10).tutorial()).isFalse();
    }

    @Test
    void aNewStreamHasTheRunsEpochs() {
        assertThat(new DemoPlan("mnist", 3).stream(Optional.empty()))
                .isEqualTo(new StreamRequest("mnist", "mnist", null, null, 16, 3, true, 65_535L, null));
    }

    @Test
    void aShorterStreamIsExtended() {
        assertThat(new DemoPlan("mnist", 12).stream(present(10)).epochs()).isEqualTo(12);
    }

    @Test
    void aLongerStreamStaysAsItIs() {
        assertThat(new DemoPlan("mnist", 3).stream(present(10)).epochs()).isEqualTo(10);
    }

    @Test
    void noEpochsAreRefused() {
        assertThatThrownBy(() -> new DemoPlan("mnist", 0))
                .isInstanceOf(UsageException.class)
                .hasMessage("--epochs is 0; it must be at least 1");
    }

    private static Optional<StreamStatus> present(int epochs) {
        return Optional.of(new StreamStatus(mnist(epochs), "batches.mnist", 0));
    }

    private static StreamSpec mnist(int epochs) {
        return new StreamSpec(
                "mnist",
                "mnist",
                Sha256.of(new byte[0]),
                60_000,
                new ImageShape(28, 28),
                10,
                16,
                epochs,
                true,
                65_535,
                1);
    }
}
