package dev.vaestream.vae;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.tracing.Snapshot;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {
    private static final int BATCH = 16;
    private static final RunSpec SPEC = RunSpec.defaults("mnist", 100);
    private static final PrngKey KEY = PrngKey.of(SPEC.seed());
    private static final ByteString LABELS = ByteString.copyFrom(new byte[BATCH]);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSnapshotKeepsItsValuesWhileStepsGoOn(boolean general) {
        try (TrainStep step = general ? TrainStep.compileGeneral(SPEC, BATCH) : TrainStep.compile(SPEC, BATCH)) {
            step.restore(step.init(KEY));
            run(step, 3);
            StoredState before = step.state();

            try (Snapshot<StoredState> snapshot = step.snapshot()) {
                run(step, 5);

                assertThat(CompletableFuture.supplyAsync(snapshot::copy).join()).isEqualTo(before);
            }
            assertThat(step.state()).isNotEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aHeldSnapshotChangesNoStep(boolean general) {
        assertThat(afterEight(general, true)).isEqualTo(afterEight(general, false));
    }

    private static StoredState afterEight(boolean general, boolean held) {
        try (TrainStep step = general ? TrainStep.compileGeneral(SPEC, BATCH) : TrainStep.compile(SPEC, BATCH)) {
            step.restore(step.init(KEY));
            run(step, 3);
            if (held) {
                try (Snapshot<StoredState> snapshot = step.snapshot()) {
                    run(step, 5);
                    snapshot.copy();
                }
            } else {
                run(step, 5);
            }
            return step.state();
        }
    }

    private static void run(TrainStep step, int steps) {
        for (int i = 0; i < steps; i++) {
            byte[] images = new byte[BATCH * SPEC.model().pixels()];
            Arrays.fill(images, 0, images.length / (i + 2), (byte) 200);
            step.run(
                    ByteString.copyFrom(images),
                    LABELS,
                    KEY.foldIn(i).normal(BATCH * SPEC.model().latentDim()));
        }
    }
}
