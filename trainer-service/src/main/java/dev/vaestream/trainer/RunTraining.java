package dev.vaestream.trainer;

import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.MetricsEvent;
import dev.vaestream.contracts.Progress;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunIdentity;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.RunStatus;
import dev.vaestream.contracts.StreamSpec;
import dev.vaestream.contracts.WriterClaim;
import dev.vaestream.contracts.WriterGrant;
import java.time.Clock;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/** One attempt at a run: claims it, restores or begins it, and trains it to its end or until it is to stop. */
final class RunTraining {
    private static final Logger LOG = Logger.getLogger(RunTraining.class);

    private final String holder;
    private final Streams streams;
    private final EvaluationReader evaluations;
    private final ModelCompiler compiler;
    private final CheckpointClient checkpoints;
    private final EventLog events;
    private final TrainerMeter meter;
    private final Backoff backoff;
    private final TrainerStatus status;
    private final Clock clock;

    /**
     * @param holder a name for this trainer process, new at each start
     * @param evaluationLimit bytes that what a run is evaluated on may take in memory
     */
    RunTraining(
            String holder,
            Streams streams,
            ModelCompiler compiler,
            CheckpointClient checkpoints,
            EventLog events,
            TrainerMeter meter,
            Backoff backoff,
            TrainerStatus status,
            Clock clock,
            long evaluationLimit) {
        this.holder = holder;
        this.streams = streams;
        this.evaluations = new EvaluationReader(streams, events, meter, status, evaluationLimit);
        this.compiler = compiler;
        this.checkpoints = checkpoints;
        this.events = events;
        this.meter = meter;
        this.backoff = backoff;
        this.status = status;
        this.clock = clock;
    }

    /**
     * Trains until the run is complete, or not to go on.
     *
     * @throws RunFailedException where the run can never go on
     * @throws FencedException where another trainer has taken it over
     * @throws UnavailableException where Kafka or the checkpoint service does not do its part for now
     */
    TrainingResult train(RunRequest request, RunOrders orders) {
        RunSpec spec = request.spec();
        StreamSpec stream = streams.find(spec.stream())
                .orElseThrow(() -> new RunFailedException("stream '" + spec.stream() + "' does not exist"));
        Trainability.check(spec, stream);
        try (TrainingModel model = compiler.compile(spec, stream.batchSize())) {
            RunIdentity identity = identify(request, stream, model);
            RunOrigin origin = new RunOrigin(checkpoints, spec, stream);
            if (checkpoints.run(request.run()).isEmpty()) {
                origin.require(identity, model);
            }
            Optional<EvaluationSet> evaluation = Optional.empty();
            if (spec.evaluation() != null) {
                evaluation = evaluations.read(spec, spec.evaluation(), orders);
                if (evaluation.isEmpty()) {
                    return endedBefore(request, orders);
                }
            }
            WriterGrant grant = checkpoints.claim(request.run(), new WriterClaim(holder, identity));
            Optional<Restart> restart = Optional.empty();
            NavigableSet<Long> ahead = new TreeSet<>();
            try {
                restart = Restart.of(request.run(), checkpoints);
                restart.map(Restart::ahead).ifPresent(ahead::addAll);
            } catch (NothingWholeException e) {
                requireRecords(stream, origin.progress(), e);
                ahead.addAll(e.steps());
            }
            Optional<Manifest> from = restart.map(Restart::from);
            evaluation.ifPresent(set -> set.requireSame(request.run(), checkpoints));
            Progress start = from.map(Manifest::progress).orElseGet(origin::progress);
            announce(request, from, start, grant);
            model.restore(restart.map(Restart::state).orElseGet(() -> origin.state(model)));
            status.goesOn(RunWorker.RUN);
            Inspector inspector = new Inspector(spec, stream, model, evaluation, events::publish);
            return train(request, stream, identity.topic(), model, inspector, grant, from, ahead, start, orders);
        }
    }

    private TrainingResult train(
            RunRequest request,
            StreamSpec stream,
            String topic,
            TrainingModel model,
            Inspector inspector,
            WriterGrant grant,
            Optional<Manifest> from,
            NavigableSet<Long> ahead,
            Progress start,
            RunOrders orders) {
        Retries retries = new Retries(backoff, status, orders.stop());
        Headroom headroom = new Headroom(stream.stream(), meter::headroom);
        headroom.committed(start);
        try (var checkpointer = new BackgroundCheckpointer(
                        checkpoints,
                        grant,
                        from,
                        model.numeric(),
                        inspector,
                        events::flush,
                        progress -> {
                            meter.committed();
                            headroom.committed(progress);
                        },
                        retries,
                        clock);
                var source = new Prefetcher(
                        request.spec(),
                        stream,
                        start,
                        streams.open(stream),
                        bad -> events.publish(DeadLetter.of(topic, bad)),
                        meter,
                        headroom,
                        status,
                        orders)) {
            OptionalLong latest = from.map(Manifest::step).map(OptionalLong::of).orElseGet(OptionalLong::empty);
            meter.begin(source::size);
            LossLog losses = new LossLog(request, stream, start, System::nanoTime);
            Ending ending = new TrainingLoop(
                            request.spec(),
                            start,
                            latest,
                            ahead,
                            source,
                            model,
                            checkpointer,
                            new Reporter(request.run()),
                            orders,
                            losses,
                            meter)
                    .run();
            return new TrainingResult(ending, checkpointer.await());
        } finally {
            meter.end();
        }
    }

    /**
     * Checks that a run of which no checkpoint is whole can be trained anew: its weights follow from its records.
     *
     * @throws NothingWholeException where records are gone, so that only the return of a blob can help
     */
    private void requireRecords(StreamSpec stream, Progress start, NothingWholeException lost) {
        try (PartitionReader reader = streams.open(stream)) {
            if (!reader.begin(start.offsets(), start.step() == 0).isEmpty()) {
                throw lost;
            }
        } catch (RunFailedException e) {
            throw lost;
        }
        LOG.warnf("%s; the run is trained again from step %d", lost.getMessage(), start.step());
    }

    /** Where the run was stopped or cancelled while it waited for what it is evaluated on. */
    private TrainingResult endedBefore(RunRequest request, RunOrders orders) {
        return new TrainingResult(
                orders.cancelled() ? Ending.CANCELLED : Ending.STOPPED,
                checkpoints.run(request.run()).map(RunStatus::latest));
    }

    private RunIdentity identify(RunRequest request, StreamSpec stream, TrainingModel model) {
        Streams.TopicIdentity topic = streams.identify(stream);
        return new RunIdentity(
                request.run(),
                request.spec(),
                request.spec().digest(),
                stream.shape(),
                stream.batchSize(),
                topic.topic(),
                topic.topicId(),
                topic.clusterId(),
                model.graphDigest(),
                model.numeric());
    }

    private void announce(RunRequest request, Optional<Manifest> from, Progress start, WriterGrant grant) {
        boolean fresh = from.isEmpty() || start.step() == 0;
        RunEvent.State state = fresh ? RunEvent.State.STARTED : RunEvent.State.RESUMED;
        LOG.infof(
                "run %s from step %d of %d, writer %d",
                request.run(), start.step(), request.spec().steps(), grant.epoch());
        new Reporter(request.run()).report(state, start.step());
    }

    /** Publishes what a run has to tell. */
    private final class Reporter implements RunReporter {
        private final String run;

        Reporter(String run) {
            this.run = run;
        }

        @Override
        public void report(MetricsEvent event) {
            events.publish(event);
        }

        @Override
        public void report(RunEvent.State state, long step) {
            LOG.infof("run %s %s at step %d", run, state.name().toLowerCase(Locale.ROOT), step);
            events.publish(new RunEvent(run, state, step, null, null, clock.instant()));
        }
    }
}
