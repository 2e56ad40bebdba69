package dev.vaestream.trainer;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.Canary;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.NumericFingerprint;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.tracing.Snapshot;
import dev.vaestream.vae.CanaryMaker;
import dev.vaestream.vae.EvaluationBatch;
import dev.vaestream.vae.Evaluator;
import dev.vaestream.vae.MissingDeviceException;
import dev.vaestream.vae.StepResult;
import dev.vaestream.vae.StoredState;
import dev.vaestream.vae.TrainStep;
import java.util.List;
import java.util.SortedMap;

/** The variational autoencoder on TensorFlow. */
final class VaeModel implements TrainingModel {
    private final TrainStep step;
    private final ModelSpec model;
    private final Evaluator evaluator;

    private VaeModel(TrainStep step, ModelSpec model, Evaluator evaluator) {
        this.step = step;
        this.model = model;
        this.evaluator = evaluator;
    }

    /** @throws UnavailableException where the run asks for a device that another trainer may have */
    static TrainingModel compile(RunSpec spec, int batchSize) {
        try {
            return new VaeModel(TrainStep.compile(spec, batchSize), spec.model(), Evaluator.of(spec));
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
    public Canary canary(SortedMap<String, StoredArray> params) {
        return CanaryMaker.make(model, params);
    }

    @Override
    public Losses evaluate(SortedMap<String, StoredArray> params, List<EvaluationBatch> batches) {
        return evaluator.evaluate(params, batches);
    }

    @Override
    public void close() {
        evaluator.close();
        step.close();
    }
}
