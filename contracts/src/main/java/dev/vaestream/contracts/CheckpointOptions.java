package dev.vaestream.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vaestream.contracts.PreservationPolicy.BestN;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a run saves and which checkpoints are kept, under the names and with the meaning of Orbax's
 * {@code CheckpointManagerOptions}. Beside what they say the newest and the best checkpoint are always kept: a run goes on
 * from the one, and people want the other. "Best" is by {@code bestMetric}, or the least loss where there is none.
 *
 * @param saveIntervalSteps a checkpoint every so many steps
 * @param saveOnSteps and at these steps
 * @param maxToKeep the newest so many are kept or, with a {@code bestMetric}, the best
 * @param keepPeriod steps that this divides are kept too
 * @param keepTimeInterval and one that is so much younger than the last one kept for this
 * @param bestMetric what makes one checkpoint better than another
 * @param bestMode whether less of it is better or more; less where left out
 * @param keepCheckpointsWithoutMetrics whether those without that metric are kept; so where left out
 * @param saveDecisionPolicy decides alone when to save, in place of the first two
 * @param preservationPolicy decides alone what is kept, in place of the next six
 */
public record CheckpointOptions(
        @Nullable Long saveIntervalSteps,
        @Nullable List<Long> saveOnSteps,
        @Nullable Integer maxToKeep,
        @Nullable Long keepPeriod,
        @Nullable Duration keepTimeInterval,
        @Nullable CheckpointMetric bestMetric,
        @Nullable BestMode bestMode,
        @Nullable Boolean keepCheckpointsWithoutMetrics,
        @Nullable SaveDecisionPolicy saveDecisionPolicy,
        @Nullable PreservationPolicy preservationPolicy) {

    private static final long DEFAULT_SAVE_INTERVAL_STEPS = 500;
    private static final int DEFAULT_MAX_TO_KEEP = 4;

    public static final CheckpointOptions DEFAULT = of(DEFAULT_SAVE_INTERVAL_STEPS, DEFAULT_MAX_TO_KEEP);

    public CheckpointOptions {
        for (int i = 0; saveOnSteps != null && i < saveOnSteps.size(); i++) {
            Checks.atLeast("saveOnSteps[%d]".formatted(i), 0, saveOnSteps.get(i));
        }
        saveOnSteps = saveOnSteps == null ? null : Checks.steps(saveOnSteps);
        atLeast("saveIntervalSteps", 1, saveIntervalSteps);
        atLeast("maxToKeep", 0, maxToKeep);
        atLeast("keepPeriod", 1, keepPeriod);
        Checks.check(
                keepTimeInterval == null || keepTimeInterval.toSeconds() >= 1,
                "keepTimeInterval is %s; it must be at least PT1S",
                String.valueOf(keepTimeInterval));
        if (saveDecisionPolicy != null) {
            alone("saveDecisionPolicy", "saveIntervalSteps", saveIntervalSteps);
            alone("saveDecisionPolicy", "saveOnSteps", saveOnSteps);
        }
        if (preservationPolicy != null) {
            alone("preservationPolicy", "maxToKeep", maxToKeep);
            alone("preservationPolicy", "keepPeriod", keepPeriod);
            alone("preservationPolicy", "keepTimeInterval", keepTimeInterval);
            alone("preservationPolicy", "keepCheckpointsWithoutMetrics", keepCheckpointsWithoutMetrics);
        }
        Checks.check(
                bestMetric != null || bestMode == null,
                "bestMode says nothing without a bestMetric; name one or leave it out");
    }

    @JsonCreator
    static CheckpointOptions of(
            @JsonProperty("saveIntervalSteps") @Nullable Long saveIntervalSteps,
            @JsonProperty("saveOnSteps") @Nullable List<Long> saveOnSteps,
            @JsonProperty("maxToKeep") @Nullable Integer maxToKeep,
            @JsonProperty("keepPeriod") @Nullable Long keepPeriod,
            @JsonProperty("keepTimeInterval") @Nullable Duration keepTimeInterval,
            @JsonProperty("bestMetric") @Nullable CheckpointMetric bestMetric,
            @JsonProperty("bestMode") @Nullable BestMode bestMode,
            @JsonProperty("keepCheckpointsWithoutMetrics") @Nullable Boolean keepCheckpointsWithoutMetrics,
            @JsonProperty("saveDecisionPolicy") @Nullable SaveDecisionPolicy saveDecisionPolicy,
            @JsonProperty("preservationPolicy") @Nullable PreservationPolicy preservationPolicy) {
        return new CheckpointOptions(
                saveIntervalSteps == null && saveDecisionPolicy == null
                        ? (Long) DEFAULT_SAVE_INTERVAL_STEPS
                        : saveIntervalSteps,
                saveOnSteps,
                maxToKeep == null && preservationPolicy == null ? (Integer) DEFAULT_MAX_TO_KEEP : maxToKeep,
                keepPeriod,
                keepTimeInterval,
                bestMetric,
                bestMode,
                keepCheckpointsWithoutMetrics,
                saveDecisionPolicy,
                preservationPolicy);
    }

    /** Saves every so many steps and keeps the newest so many. */
    public static CheckpointOptions of(long saveIntervalSteps, int maxToKeep) {
        return of(saveIntervalSteps, null, maxToKeep, null, null, null, null, null, null, null);
    }

    /**
     * Whether saving now would write a checkpoint. A step that lies at or before the newest checkpoint never does,
     * whether it has one or not.
     *
     * @param latest the newest checkpoint's step; empty before the first
     * @param preempted whether the trainer is to stop after this step
     */
    public boolean shouldSave(long step, OptionalLong latest, boolean preempted) {
        return (latest.isEmpty() || latest.getAsLong() < step) && saveDecision().shouldSave(step, latest, preempted);
    }

    /** Which steps are kept; {@code checkpoints} come the oldest first. */
    public Set<Long> preserve(List<CheckpointInfo> checkpoints) {
        Set<Long> kept = new HashSet<>(preservation().preserve(checkpoints));
        if (!checkpoints.isEmpty()) {
            kept.add(checkpoints.get(checkpoints.size() - 1).step());
        }
        best(checkpoints).ifPresent(best -> kept.add(best.step()));
        return kept;
    }

    /** The best of {@code checkpoints}, which come the oldest first; nothing where none has the metric. */
    public Optional<CheckpointInfo> best(List<CheckpointInfo> checkpoints) {
        List<CheckpointInfo> ranked = bestN(1).ranked(checkpoints);
        return ranked.isEmpty() ? Optional.empty() : Optional.of(ranked.get(ranked.size() - 1));
    }

    /** Whether any of it asks for a number that only an evaluation gives. */
    boolean needsEvaluation() {
        return (bestMetric != null && bestMetric.ofEvaluation()) || needsEvaluation(preservationPolicy);
    }

    private static boolean needsEvaluation(@Nullable PreservationPolicy policy) {
        if (policy instanceof PreservationPolicy.AnyOf any) {
            return any.policies().stream().anyMatch(CheckpointOptions::needsEvaluation);
        }
        return policy instanceof BestN best && best.metric().ofEvaluation();
    }

    private SaveDecisionPolicy saveDecision() {
        if (saveDecisionPolicy != null) {
            return saveDecisionPolicy;
        }
        return new SaveDecisionPolicy.AnyOf(List.of(
                new SaveDecisionPolicy.FixedInterval(
                        saveIntervalSteps == null ? DEFAULT_SAVE_INTERVAL_STEPS : saveIntervalSteps),
                new SaveDecisionPolicy.SpecificSteps(saveOnSteps == null ? List.of() : saveOnSteps),
                new SaveDecisionPolicy.InitialSave(),
                new SaveDecisionPolicy.Preemption()));
    }

    private PreservationPolicy preservation() {
        if (preservationPolicy != null) {
            return preservationPolicy;
        }
        int n = maxToKeep == null ? DEFAULT_MAX_TO_KEEP : maxToKeep;
        List<PreservationPolicy> policies = new ArrayList<>();
        policies.add(bestMetric == null ? new PreservationPolicy.LatestN(n) : bestN(n));
        if (keepPeriod != null) {
            policies.add(new PreservationPolicy.EveryNSteps(keepPeriod, true, null));
        }
        if (keepTimeInterval != null) {
            policies.add(new PreservationPolicy.EveryNSeconds(keepTimeInterval.toSeconds()));
        }
        return new PreservationPolicy.AnyOf(policies);
    }

    private BestN bestN(int n) {
        return new BestN(
                n,
                bestMetric == null ? CheckpointMetric.LOSS : bestMetric,
                bestMode == null ? BestMode.MIN : bestMode,
                keepCheckpointsWithoutMetrics == null || keepCheckpointsWithoutMetrics);
    }

    private static void atLeast(String what, long minimum, @Nullable Number value) {
        if (value != null) {
            Checks.atLeast(what, minimum, value.longValue());
        }
    }

    private static void alone(String policy, String other, @Nullable Object value) {
        Checks.check(value == null, "%s is given beside a %s, which decides alone; leave one out", other, policy);
    }
}
