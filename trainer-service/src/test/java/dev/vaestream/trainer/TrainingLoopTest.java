package dev.vaestream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.MetricsEvent;
import dev.vaestream.contracts.Progress;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.SaveDecisionPolicy;
import dev.vaestream.contracts.StreamSpec;
import dev.vaestream.contracts.WantedState;
import dev.vaestream.vae.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TrainingLoopTest {
    private static final long STEPS = 4 * Fixtures.EPOCH_BATCHES - 3;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void killedAnywhereAndResumedARunEndsAsIfUndisturbed(int partitions) {
        for (int seed = 0; seed < 25; seed++) {
            Random random = new Random(1000L * partitions + seed);
            InMemoryLog log = log(partitions, random);
            RunSpec spec = Fixtures.spec(STEPS, 1 + random.nextInt(20), 1 + random.nextInt(9));
            Life undisturbed = new Life(spec, partitions, log, random.nextLong());
            undisturbed.live(Long.MAX_VALUE);

            Life disturbed = new Life(spec, partitions, log, random.nextLong());
            while (!disturbed.complete()) {
                disturbed.live(1 + random.nextInt(40));
            }

            assertThat(disturbed.checkpoints.last()).as("seed %d", seed).isEqualTo(undisturbed.checkpoints.last());
            assertThat(disturbed.checkpoints.all())
                    .as("seed %d", seed)
                    .containsAllEntriesOf(undisturbed.checkpoints.all());
            assertThat(disturbed.reported).as("seed %d", seed).isEqualTo(undisturbed.reported);
        }
    }

    @Test
    void stoppedItLeavesACheckpointOfAllItConsumed() {
        RunSpec spec = Fixtures.spec(50, 20, 10);
        Life life = new Life(spec, 1, log(1, 50), 0);
        life.stopAfter = 33;

        life.live(Long.MAX_VALUE);

        assertThat(life.checkpoints.all().keySet()).containsExactly(0L, 20L, 33L);
        life.stopAfter = Long.MAX_VALUE;
        life.live(Long.MAX_VALUE);
        assertThat(life.checkpoints.all().keySet()).containsExactly(0L, 20L, 33L, 40L, 50L);
    }

    @Test
    void aSkippedBatchIsAPlaceWithoutAStep() {
        InMemoryLog log = new InMemoryLog(1);
        for (long sequence = 0; sequence < 10; sequence++) {
            if (sequence == 4) {
                log.append(0, "4", new byte[] {1, 2, 3});
            } else {
                log.append(Fixtures.batch(sequence));
            }
        }
        Life life = new Life(Fixtures.spec(10, 100, 100), 1, log, 0);

        life.live(Long.MAX_VALUE);

        Progress progress = life.checkpoints.last().progress();
        assertThat(progress.step()).isEqualTo(10);
        assertThat(progress.skipped()).containsExactly(4L);
        assertThat(progress.epoch().batches()).isEqualTo(9);
        assertThat(life.meter.steps).isEqualTo(9);
        assertThat(life.meter.skipped).isEqualTo(1);
    }

    @Test
    void aLossThatIsNoNumberFailsTheRunAndKeepsTheCheckpoint() {
        Life life = new Life(Fixtures.spec(30, 10, 10), 1, log(1, 30), 0);
        life.model = new DigestModel() {
            private int calls;

            @Override
            public StepResult step(ByteString images, ByteString labels, float[] noise) {
                super.step(images, labels, noise);
                calls++;
                return new StepResult(new Losses(calls < 15 ? 1 : Double.NaN, 1, 1), 1e-4, 1);
            }
        };

        assertThatThrownBy(() -> life.live(Long.MAX_VALUE))
                .isInstanceOfSatisfying(
                        RunFailedException.class, e -> assertThat(e.step()).isEqualTo(14))
                .hasMessageContaining("batch 14")
                .hasMessageContaining("NaN");
        assertThat(life.checkpoints.all().keySet()).containsExactly(0L, 10L);
    }

    @Test
    void pausedItKeepsItsStepAndGoesOnFromIt() {
        Life life = new Life(Fixtures.spec(50, 20, 10), 1, log(1, 50), 0);
        life.model = modelThatAt(33, () -> life.wanted = WantedState.PAUSED);
        life.onState = state -> life.wanted = WantedState.RUNNING;

        life.live(Long.MAX_VALUE);

        assertThat(life.states).containsExactly("PAUSED 33", "RESUMED 33");
        assertThat(life.checkpoints.all().keySet()).containsExactly(0L, 20L, 33L, 40L, 50L);
        Life undisturbed = new Life(Fixtures.spec(50, 20, 10), 1, log(1, 50), 0);
        undisturbed.live(Long.MAX_VALUE);
        assertThat(life.checkpoints.last()).isEqualTo(undisturbed.checkpoints.last());
    }

    @Test
    void cancelledItEndsWithACheckpointOfItsStep() {
        Life life = new Life(Fixtures.spec(50, 20, 10), 1, log(1, 50), 0);
        life.model = modelThatAt(33, () -> life.wanted = WantedState.CANCELLED);

        assertThat(life.live(Long.MAX_VALUE)).isEqualTo(Ending.CANCELLED);

        assertThat(life.checkpoints.all().keySet()).containsExactly(0L, 20L, 33L);
    }

    @ParameterizedTest
    @EnumSource(names = {"PAUSED", "CANCELLED"})
    void itsStepIsKeptWhateverItsPolicySays(WantedState state) {
        SaveDecisionPolicy everyTwenty = new SaveDecisionPolicy.FixedInterval(20);
        Life life = new Life(Fixtures.spec(50, everyTwenty), 1, log(1, 50), 0);
        life.model = modelThatAt(33, () -> life.wanted = state);
        life.onState = said -> life.wanted = WantedState.RUNNING;

        life.live(Long.MAX_VALUE);

        assertThat(life.checkpoints.all()).containsKey(33L);
    }

    @Test
    void cancelledWhilePausedItEnds() {
        Life life = new Life(Fixtures.spec(50, 20, 10), 1, log(1, 50), 0);
        life.model = modelThatAt(33, () -> life.wanted = WantedState.PAUSED);
        life.onState = state -> life.wanted = WantedState.CANCELLED;

        assertThat(life.live(Long.MAX_VALUE)).isEqualTo(Ending.CANCELLED);

        assertThat(life.states).containsExactly("PAUSED 33");
    }

    private static DigestModel modelThatAt(int step, Runnable what) {
        return new DigestModel() {
            private int calls;

            @Override
            public StepResult step(ByteString images, ByteString labels, float[] noise) {
                calls++;
                if (calls == step) {
                    what.run();
                }
                return super.step(images, labels, noise);
            }
        };
    }

    /** Batches in order. */
    private static InMemoryLog log(int partitions, int batches) {
        InMemoryLog log = new InMemoryLog(partitions);
        for (long sequence = 0; sequence < batches; sequence++) {
            log.append(Fixtures.batch(sequence));
        }
        return log;
    }

    /** Batches out of order within a few places, with duplicates that differ, bad records and records of nobody. */
    private static InMemoryLog log(int partitions, Random random) {
        List<Long> order = new ArrayList<>();
        for (long sequence = 0; sequence < STEPS + 5; sequence++) {
            order.add(Math.max(0, order.size() - random.nextInt(4)), sequence);
        }
        InMemoryLog log = new InMemoryLog(partitions);
        for (long sequence : order) {
            int partition = (int) (sequence % partitions);
            switch (random.nextInt(12)) {
                case 0 -> log.append(partition, Long.toString(sequence), new byte[] {(byte) sequence, 1});
                case 1 -> log.append(Fixtures.batch(sequence, 2));
                case 2 -> log.append(partition, "nobody", new byte[] {7});
                default -> {}
            }
            log.append(Fixtures.batch(sequence));
            if (random.nextInt(6) == 0) {
                log.append(Fixtures.batch(sequence));
            }
        }
        return log;
    }

    /** A run with what outlives the trainers that work on it. */
    private static final class Life implements RunReporter {
        private final RunSpec spec;
        private final StreamSpec stream;
        private final InMemoryLog log;
        private final Random random;
        private final KeptCheckpoints checkpoints = new KeptCheckpoints();
        private final Map<String, MetricsEvent> reported = new TreeMap<>();
        private final RecordingMeter meter = new RecordingMeter();
        private DigestModel model = new DigestModel();
        private final List<String> states = new ArrayList<>();
        private Consumer<RunEvent.State> onState = state -> {};
        private volatile WantedState wanted = WantedState.RUNNING;
        private long stopAfter = Long.MAX_VALUE;

        Life(RunSpec spec, int partitions, InMemoryLog log, long seed) {
            this.spec = spec;
            this.stream = Fixtures.stream(4, partitions);
            this.log = log;
            this.random = new Random(seed);
        }

        boolean complete() {
            return checkpoints.all().containsKey(spec.steps());
        }

        /** Trains from the newest checkpoint on and is killed after some batches, unless it ends before. */
        Ending live(long batches) {
            Progress start = RunProgress.begin(spec, stream);
            model.restore(model.init(Keys.model(spec)));
            if (!checkpoints.all().isEmpty()) {
                start = checkpoints.last().progress();
                model.restore(checkpoints.last().state());
            }
            StopSignal stop = new StopSignal();
            RunOrders orders = new RunOrders(stop, () -> wanted);
            try (Prefetcher source = new Prefetcher(
                    spec,
                    stream,
                    start,
                    log.reader(random.nextLong()),
                    bad -> {},
                    meter,
                    new Headroom("life", records -> {}),
                    new TrainerStatus(),
                    orders)) {
                BatchSource mortal = new MortalSource(source, batches, stopAfter - start.step(), stop);
                LossLog losses = new LossLog(new RunRequest("life", spec), stream, start, () -> 0);
                return new TrainingLoop(
                                spec,
                                start,
                                checkpoints.latestStep(),
                                new TreeSet<>(),
                                mortal,
                                model,
                                checkpoints,
                                this,
                                orders,
                                losses,
                                meter)
                        .run();
            } catch (KilledException e) {
                // What was consumed since the last checkpoint is lost, as it would be.
                return Ending.STOPPED;
            }
        }

        @Override
        public void report(RunEvent.State state, long step) {
            states.add(state + " " + step);
            onState.accept(state);
        }

        @Override
        public void report(MetricsEvent event) {
            MetricsEvent timeless = event;
            if (event instanceof MetricsEvent.Window window) {
                timeless = new MetricsEvent.Window(
                        window.run(),
                        window.step(),
                        window.epoch(),
                        window.index(),
                        window.losses(),
                        window.learningRate(),
                        window.gradientNorm(),
                        0);
            }
            String key = event.getClass().getSimpleName() + event.step();
            MetricsEvent before = reported.put(key, timeless);
            if (before != null) {
                assertThat(timeless).isEqualTo(before);
            }
        }
    }
}
