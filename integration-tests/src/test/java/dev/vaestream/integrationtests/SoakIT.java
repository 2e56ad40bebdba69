package dev.vaestream.integrationtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vaestream.contracts.CheckpointOptions;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.local.ClusterOptions;
import dev.vaestream.local.Member;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random members are killed or stopped for a while at random moments, until so many kills are done: {@code mvn verify
 * -Psoak -Dsoak.kills=200 -Dsoak.seed=1}. Each run must end as the undisturbed one did, with no checkpoint lost on the way.
 * How long the trainer takes to its next step after its own kill, and how many steps it makes again, is printed.
 */
@Tag("soak")
class SoakIT {
    private static final long STEPS = 3_000;
    private static final long SAVED_EVERY = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** The trainer most often, since its kills are the ones that are measured. */
    private static final List<Member> VICTIMS = List.of(
            Member.TRAINER,
            Member.TRAINER,
            Member.TRAINER,
            Member.TRAINER,
            Member.CHECKPOINT,
            Member.CHECKPOINT,
            Member.STORE,
            Member.BROKER,
            Member.INGEST,
            Member.SAMPLER);

    private final int kills = Integer.getInteger("soak.kills", 20);
    private final long seed = Long.getLong("soak.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<Member, Integer> killed = new EnumMap<>(Member.class);
    private final List<Recovery> recoveries = new ArrayList<>();
    private int stopped;
    private int runs;

    @Test
    void killsAtRandomChangeNothing(@TempDir Path directory) {
        System.out.printf("soak: %d kills, seed %d%n", kills, seed);
        try (Pipeline pipeline = Pipeline.start(
                        directory, new EmbeddedStack(), ClusterOptions::withEndlessRestarts, notice -> {});
                Auditor auditor = new Auditor(
                                Bucket.in(directory.resolve("store").resolve(FaultyStore.BUCKET)),
                                Duration.ofSeconds(1))
                        .start();
                TrainerWatch watch = new TrainerWatch(pipeline)) {
            RunResult undisturbed = run(pipeline, watch, false);
            while (killed() < kills) {
                assertThat(run(pipeline, watch, true))
                        .as("run %d of seed %d", runs, seed)
                        .isEqualTo(undisturbed);
                auditor.requireClean();
            }
            auditor.audit();
            auditor.requireClean();
            report(auditor);
        }
    }

    private RunResult run(Pipeline pipeline, TrainerWatch watch, boolean disturbed) {
        String run = "soak-" + runs++;
        watch.follow(run);
        // Whoever was killed last may not be back.
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> pipeline.createStream(run, 1, 2));
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> pipeline.startRun(new RunRequest(run, spec(run))));
        while (disturbed && !watch.hasEnded() && killed() < kills) {
            disturb(pipeline, watch);
        }
        await("end of " + run).atMost(PATIENCE).until(watch::hasEnded);
        RunEvent end = watch.newest().orElseThrow();
        assertThat(end.state())
                .as("%s with seed %d: %s", run, seed, end.reason())
                .isEqualTo(RunEvent.State.COMPLETED);
        await("a checkpoint service").atMost(PATIENCE).until(() -> pipeline.latestStep(run) == STEPS);
        return RunResult.of(pipeline.status(run).orElseThrow().latest());
    }

    private void disturb(Pipeline pipeline, TrainerWatch watch) {
        boolean alone = random.nextInt(4) > 0;
        if (alone) {
            pipeline.cluster()
                    .awaitUsable(Member.BROKER, Member.STORE, Member.CHECKPOINT, Member.INGEST, Member.TRAINER);
        }
        awaitUnlessEnded(watch, Duration.ofMillis(200 + random.nextInt(2_000)), () -> false);
        if (watch.hasEnded()) {
            return;
        }
        Member victim = VICTIMS.get(random.nextInt(VICTIMS.size()));
        pipeline.cluster().process(victim).ifPresent(process -> {
            if (random.nextInt(6) == 0) {
                stop(process);
            } else {
                kill(watch, victim, process, alone);
            }
        });
    }

    private void kill(TrainerWatch watch, Member victim, ProcessHandle process, boolean alone) {
        long step = watch.step();
        boolean measured = victim == Member.TRAINER && watch.hasStepped();
        long from = System.nanoTime();
        process.destroyForcibly();
        await().until(() -> !process.isAlive());
        killed.merge(victim, 1, Integer::sum);
        if (victim == Member.TRAINER) {
            watch.killed();
        }
        if (measured && awaitUnlessEnded(watch, PATIENCE, watch::hasStepped)) {
            Duration took = Duration.ofNanos(watch.firstStep() - from);
            Recovery recovery = new Recovery(took, Math.max(0, step - watch.resumedAt()), alone);
            recoveries.add(recovery);
            System.out.printf("soak: kill %d, trainer at step %d: %s%n", killed(), step, recovery);
        } else {
            System.out.printf("soak: kill %d, %s at step %d%n", killed(), victim.title(), step);
        }
    }

    private void stop(ProcessHandle process) {
        FaultyCluster.signal("STOP", process);
        try {
            awaitFor(Duration.ofMillis(100 + random.nextInt(4_000)));
        } finally {
            FaultyCluster.signal("CONT", process);
        }
        stopped++;
    }

    /** Whether it came true before the run's end and the time's. */
    private static boolean awaitUnlessEnded(
            TrainerWatch watch, Duration time, java.util.concurrent.Callable<Boolean> condition) {
        boolean[] came = new boolean[1];
        try {
            await().atMost(time).pollInterval(Duration.ofMillis(5)).until(() -> {
                came[0] = condition.call();
                return came[0] || watch.hasEnded();
            });
        } catch (ConditionTimeoutException e) {
            // Time is up.
        }
        return came[0];
    }

    private static void awaitFor(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
    }

    private int killed() {
        return killed.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void report(Auditor auditor) {
        System.out.printf(
                Locale.ROOT,
                "soak: seed %d, %d kills (%s), %d stops, %d runs with equal digests, %d checkpoints loaded by the auditor%n",
                seed,
                killed(),
                killed.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey().title())
                        .collect(Collectors.joining(", ")),
                stopped,
                runs,
                auditor.loaded());
        assertThat(auditor.loaded()).as("checkpoints loaded by the auditor").isPositive();
        List<Recovery> alone = recoveries.stream().filter(Recovery::alone).toList();
        System.out.println("soak: kill of the trainer alone to its next step: " + summary(alone));
        System.out.println("soak: the same with others just killed:           " + summary(recoveries));
        assertThat(recoveries)
                .allSatisfy(recovery -> assertThat(recovery.repeated())
                        .as("steps repeated; one checkpoint may be on its way while the next is due")
                        .isLessThanOrEqualTo(2 * SAVED_EVERY));
    }

    private static String summary(List<Recovery> recoveries) {
        if (recoveries.isEmpty()) {
            return "none";
        }
        List<Duration> times = recoveries.stream().map(Recovery::took).sorted().toList();
        List<Long> repeated =
                recoveries.stream().map(Recovery::repeated).sorted().toList();
        int median = recoveries.size() / 2;
        int worst = recoveries.size() - 1;
        return "%d kills; median %d ms, worst %d ms; steps repeated: median %d, worst %d"
                .formatted(
                        recoveries.size(),
                        times.get(median).toMillis(),
                        times.get(worst).toMillis(),
                        repeated.get(median),
                        repeated.get(worst));
    }

    private static RunSpec spec(String stream) {
        RunSpec tutorial = RunSpec.defaults(stream, STEPS);
        return new RunSpec(
                stream,
                tutorial.firstSequence(),
                tutorial.steps(),
                tutorial.model(),
                tutorial.klWeight(),
                tutorial.seed(),
                tutorial.prng(),
                tutorial.optimizer(),
                CheckpointOptions.of(SAVED_EVERY, 4),
                tutorial.logEvery(),
                null,
                null,
                null,
                null);
    }

    /**
     * What a kill of the trainer cost.
     *
     * @param took to the next step
     * @param repeated steps that were made again
     * @param alone whether all other members were there
     */
    private record Recovery(Duration took, long repeated, boolean alone) {
        @Override
        public String toString() {
            return "next step after %d ms, %d steps repeated%s"
                    .formatted(took.toMillis(), repeated, alone ? "" : ", others away");
        }
    }
}
