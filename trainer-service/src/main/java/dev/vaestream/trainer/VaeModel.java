package dev.vaestream.trainer;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.NumericFingerprint;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.tracing.Snapshot;
import dev.vaestream.vae.MissingDeviceException;
import dev.vaestream.vae.StepResult;
import dev.vaestream.vae.StoredState;
import dev.vaestream.vae.TrainStep;

/** The variational autoencoder on TensorFlow. */
final class VaeModel implements TrainingModel {
    private final TrainStep step;

    private VaeModel(TrainStep step) {
        this.step = step;
    }

    /** @throws UnavailableException where the run asks for a device that another trainer may have */
    static TrainingModel compile(RunSpec spec, int batchSize) {
        try {
            return new VaeModel(TrainStep.compile(spec, batchSize));
        } catch (MissingDeviceException e) {
            throw new UnavailableException("this trainer cannot train it: " + e.getMessage(), e);
        }
    }

    @Override
    public Sha256 graphDigest() {
        return step.graphDigest();
    }

    @Override
    public NumericFingerprint numeric() {
        return step.numeric();
    }

    @Override
    public StoredState init(PrngKey key) {
        return step.init(key);
    }

    @Override
    public void restore(StoredState state) {
        step.restore(state);
    }

    @Override
    public Snapshot<StoredState> snapshot() {
        return step.snapshot();
    }

    @Override
    public StepResult step(ByteString images, ByteString labels, float[] noise) {
        return step.run(images, labels, noise);
    }

    @Override
    public void close() {
        step.close();
    }
}
