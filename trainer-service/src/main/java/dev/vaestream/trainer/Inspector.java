package dev.vaestream.trainer;

import dev.vaestream.contracts.EvaluationResult;
import dev.vaestream.contracts.EvaluationSpec;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.MetricsEvent;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.contracts.StreamSpec;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a manifest says of a checkpoint's parameters beside their digest: an image that they make and, where one
 * is due, their loss on the evaluation's batches. It works on a copy, beside the training.
 */
final class Inspector {
    private static final Logger LOG = Logger.getLogger(Inspector.class);

    private final RunSpec spec;
    private final StreamSpec stream;
    private final TrainingModel model;
    private final Optional<EvaluationSet> evaluation;
    private final Consumer<MetricsEvent> events;

    /**
     * @param stream that the run is trained on
     * @param evaluation present exactly where the spec has one
     * @param events is told of each evaluation
     */
    Inspector(
            RunSpec spec,
            StreamSpec stream,
            TrainingModel model,
            Optional<EvaluationSet> evaluation,
            Consumer<MetricsEvent> events) {
        this.spec = spec;
        this.stream = stream;
        this.model = model;
        this.evaluation = evaluation;
        this.events = events;
    }

    /** The manifest with all that. */
    Manifest inspect(Manifest manifest, SortedMap<String, StoredArray> params) {
        return manifest.with(model.canary(params), evaluate(manifest, params));
    }

    private @Nullable EvaluationResult evaluate(Manifest manifest, SortedMap<String, StoredArray> params) {
        EvaluationSpec wanted = spec.evaluation();
        if (wanted == null || !wanted.isDue(manifest.step(), spec.steps())) {
            return null;
        }
        EvaluationSet set = evaluation.orElseThrow();
        EvaluationResult result = new EvaluationResult(
                model.evaluate(params, set.batches()), set.batches().size(), set.inputDigest());
        LOG.infof(
                "run %s has loss %.4f on stream %s at step %d",
                manifest.run(), result.losses().loss(), set.stream(), manifest.step());
        events.accept(new MetricsEvent.Evaluation(manifest.run(), manifest.step(), epoch(manifest), result));
        return result;
    }

    private int epoch(Manifest manifest) {
        long last = Math.max(0, manifest.progress().nextSequence() - 1);
        return stream.epochBatches() == 0 ? 0 : (int) (last / stream.epochBatches());
    }
}
