package dev.vaestream.benchmarks;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.Safetensors;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.random.Split;
import dev.vaestream.vae.StoredState;
import dev.vaestream.vae.TrainStep;
import java.util.Random;

/** SHA-256 of all parameters and moments after some steps of the default run; one line, for {@code determinism.sh}. */
public final class WeightsDigest {
    private static final int BATCH = 16;

    private WeightsDigest() {}

    public static void main(String[] arguments) {
        int steps = Integer.parseInt(arguments[0]);
        RunSpec spec = RunSpec.defaults("mnist", steps);
        Random random = new Random(spec.seed());
        Split first = PrngKey.of(spec.seed()).split();
        PrngKey key = first.first();
        try (TrainStep step = TrainStep.compile(spec, BATCH)) {
            step.restore(step.init(first.second()));
            byte[] images = new byte[BATCH * spec.model().pixels()];
            byte[] labels = new byte[BATCH];
            for (int i = 0; i < steps; i++) {
                random.nextBytes(images);
                for (int j = 0; j < BATCH; j++) {
                    labels[j] = (byte) random.nextInt(spec.model().classes());
                }
                Split split = key.split();
                key = split.first();
                step.run(
                        ByteString.copyFrom(images),
                        ByteString.copyFrom(labels),
                        split.second().normal(BATCH * spec.model().latentDim()));
            }
            StoredState state = step.state();
            Sha256 digest = Sha256.of(Safetensors.write(state.params()));
            System.out.println(digest.chain(Sha256.of(Safetensors.write(state.optimizer()))));
        }
    }
}
