package dev.vaestream.trainer;

import dev.vaestream.contracts.CheckpointOptions;
import dev.vaestream.contracts.EvaluationSpec;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StreamSpec;
import dev.vaestream.vae.EvaluationBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what a run is evaluated on, once for an attempt at the run, so that no evaluation depends on what Kafka does
 * later. The batches come as a run's own do, in order and with the noise of its steps; where some are missing it waits and
 * says so in readiness.
 */
final class EvaluationReader {
    /** What waits, in readiness. */
    static final String EVALUATION = "evaluation";

    private final Streams streams;
    private final EventLog events;
    private final RunMeter meter;
    private final TrainerStatus status;
    private final long maxBytes;

    /** @param maxBytes that an evaluation's batches may take in memory, with their noise */
    EvaluationReader(Streams streams, EventLog events, RunMeter meter, TrainerStatus status, long maxBytes) {
        this.streams = streams;
        this.events = events;
        this.meter = meter;
        this.status = status;
        this.maxBytes = maxBytes;
    }

    /**
     * Reads all of it.
     *
     * @return nothing where the run is to end before it has come
     * @throws RunFailedException where the model cannot be evaluated on that stream
     * @throws UnavailableException where Kafka does not do its part for now
     */
    Optional<EvaluationSet> read(RunSpec spec, EvaluationSpec evaluation, RunOrders orders) {
        StreamSpec stream = streams.find(evaluation.stream())
                .orElseThrow(() -> new RunFailedException("stream '" + evaluation.stream() + "' does not exist"));
        Trainability.checkEvaluation(spec, evaluation, stream, maxBytes);
        RunSpec steps = steps(spec, evaluation, stream);
        String topic = streams.identify(stream).topic();
        try (Prefetcher source = new Prefetcher(
                steps,
                stream,
                RunProgress.begin(steps, stream),
                streams.open(stream),
                bad -> events.publish(DeadLetter.of(topic, bad)),
                meter,
                new Headroom(stream.stream(), records -> {}),
                status,
                orders)) {
            return read(steps, source, orders);
        } finally {
            status.goesOn(EVALUATION);
        }
    }

    private Optional<EvaluationSet> read(RunSpec steps, Prefetcher source, RunOrders orders) {
        List<EvaluationBatch> batches = new ArrayList<>();
        Sha256 inputDigest = Sha256.EMPTY;
        for (long read = 0; read < steps.steps(); ) {
            if (orders.stop().isStopped() || orders.cancelled()) {
                return Optional.empty();
            }
            Optional<PreparedBatch> next = source.poll();
            if (next.isEmpty()) {
                status.waits(
                        EVALUATION,
                        "the run is evaluated on %d batches of stream '%s', which has %d so far"
                                .formatted(steps.steps(), steps.stream(), read));
                continue;
            }
            read++;
            inputDigest = next.get().inputDigest();
            if (next.get() instanceof PreparedBatch.Trainable good) {
                batches.add(
                        new EvaluationBatch(good.batch().images(), good.batch().labels(), good.noise()));
            }
        }
        if (batches.isEmpty()) {
            throw new RunFailedException("all %d batches of stream '%s' that the run is evaluated on are bad"
                    .formatted(steps.steps(), steps.stream()));
        }
        return Optional.of(new EvaluationSet(steps.stream(), batches, inputDigest));
    }

    /** A run whose steps would consume the batches, with the noise that the evaluation has. */
    private static RunSpec steps(RunSpec spec, EvaluationSpec evaluation, StreamSpec stream) {
        return new RunSpec(
                evaluation.stream(),
                0,
                evaluation.batchesOf(stream),
                spec.model(),
                spec.klWeight(),
                evaluation.seed(),
                spec.prng(),
                spec.optimizer(),
                CheckpointOptions.DEFAULT,
                spec.logEvery(),
                null,
                null,
                null,
                spec.device());
    }
}
