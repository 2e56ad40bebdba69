package dev.vaestream.contracts;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says which checkpoints are kept, as Orbax's {@code PreservationPolicy}: {@code {"anyOf": [{"latestN": 4},
 * {"everyNSteps": {"interval": 5000}}]}}. A pure function of the checkpoints there are.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
    @JsonSubTypes.Type(value = PreservationPolicy.PreserveAll.class, name = "preserveAll"),
    @JsonSubTypes.Type(value = PreservationPolicy.LatestN.class, name = "latestN"),
    @JsonSubTypes.Type(value = PreservationPolicy.BestN.class, name = "bestN"),
    @JsonSubTypes.Type(value = PreservationPolicy.EveryNSteps.class, name = "everyNSteps"),
    @JsonSubTypes.Type(value = PreservationPolicy.EveryNSeconds.class, name = "everyNSeconds"),
    @JsonSubTypes.Type(value = PreservationPolicy.CustomSteps.class, name = "customSteps"),
    @JsonSubTypes.Type(value = PreservationPolicy.AnyOf.class, name = "anyOf")
})
public sealed interface PreservationPolicy {
    /**
     * The steps that are kept.
     *
     * @param checkpoints the oldest first
     */
    Set<Long> preserve(List<CheckpointInfo> checkpoints);

    /** Keeps everything. */
    record PreserveAll() implements PreservationPolicy {
        @Override
        public Set<Long> preserve(List<CheckpointInfo> checkpoints) {
            return steps(checkpoints);
        }
    }

    /** Keeps the {@code n} newest. */
    record LatestN(@JsonValue int n) implements PreservationPolicy {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public LatestN {
            Checks.atLeast("latestN", 0, n);
        }

        @Override
        public Set<Long> preserve(List<CheckpointInfo> checkpoints) {
            return steps(last(n, checkpoints));
        }
    }

    /**
     * Keeps the {@code n} best; of equally good ones the newer.
     *
     * @param keepCheckpointsWithoutMetrics whether those are kept that do not have {@code metric}
     */
    record BestN(int n, CheckpointMetric metric, BestMode mode, boolean keepCheckpointsWithoutMetrics)
            implements PreservationPolicy {
        public BestN {
            Checks.atLeast("n", 0, n);
        }

        @JsonCreator
        static BestN of(
                @JsonProperty(value = "n", required = true) Integer n,
                @JsonProperty("metric") @Nullable CheckpointMetric metric,
                @JsonProperty("mode") @Nullable BestMode mode,
                @JsonProperty("keepCheckpointsWithoutMetrics") @Nullable Boolean keepCheckpointsWithoutMetrics) {
            return new BestN(
                    n,
                    metric == null ? CheckpointMetric.LOSS : metric,
                    mode == null ? BestMode.MIN : mode,
                    keepCheckpointsWithoutMetrics == null || keepCheckpointsWithoutMetrics);
        }

        @Override
        public Set<Long> preserve(List<CheckpointInfo> checkpoints) {
            Set<Long> kept = steps(last(n, ranked(checkpoints)));
            if (keepCheckpointsWithoutMetrics) {
                checkpoints.stream()
                        .filter(checkpoint -> checkpoint.metric(metric).isEmpty())
                        .forEach(checkpoint -> kept.add(checkpoint.step()));
            }
            return kept;
        }

        /** Those that have the metric, the best last. */
        List<CheckpointInfo> ranked(List<CheckpointInfo> checkpoints) {
            Comparator<CheckpointInfo> rising =
                    Comparator.comparing(checkpoint -> checkpoint.metric(metric).orElseThrow());
            return checkpoints.stream()
                    .filter(checkpoint -> checkpoint.metric(metric).isPresent())
                    .sorted(mode == BestMode.MAX ? rising : rising.reversed())
                    .toList();
        }
    }

    /**
     * Keeps steps that {@code interval} divides; if not {@code exact}, the first, and then always the next that lies at
     * least {@code interval} after the last one kept.
     *
     * @param maxToKeep only so many of them, the newest; absent for all
     */
    record EveryNSteps(
            long interval, boolean exact, @Nullable Integer maxToKeep) implements PreservationPolicy {
        public EveryNSteps {
            Checks.atLeast("interval", 1, interval);
            if (maxToKeep != null) {
                Checks.atLeast("maxToKeep", 0, maxToKeep);
            }
        }

        @JsonCreator
        static EveryNSteps of(
                @JsonProperty(value = "interval", required = true) Long interval,
                @JsonProperty("exact") @Nullable Boolean exact,
                @JsonProperty("maxToKeep") @Nullable Integer maxToKeep) {
            return new EveryNSteps(interval, exact == null || exact, maxToKeep);
        }

        @Override
        public Set<Long> preserve(List<CheckpointInfo> checkpoints) {
            List<CheckpointInfo> kept = new ArrayList<>();
            for (CheckpointInfo checkpoint : checkpoints) {
                boolean keep = exact
                        ? checkpoint.step() % interval == 0
                        : kept.isEmpty()
                                || checkpoint.step() - kept.get(kept.size() - 1).step() >= interval;
                if (keep) {
                    kept.add(checkpoint);
                }
            }
            return steps(maxToKeep == null ? kept : last(maxToKeep, kept));
        }
    }

    /** Keeps the first, and then always the next that is at least so many seconds younger than the last one kept. */
    record EveryNSeconds(@JsonValue long seconds) implements PreservationPolicy {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public EveryNSeconds {
            Checks.atLeast("everyNSeconds", 1, seconds);
        }

        @Override
        public Set<Long> preserve(List<CheckpointInfo> checkpoints) {
            Set<Long> kept = new HashSet<>();
            Instant next = Instant.MIN;
            for (CheckpointInfo checkpoint : checkpoints) {
                if (!checkpoint.time().isBefore(next)) {
                    kept.add(checkpoint.step());
                    next = checkpoint.time().plus(Duration.ofSeconds(seconds));
                }
            }
            return kept;
        }
    }

    /** Keeps the steps named. */
    record CustomSteps(@JsonValue List<Long> steps) implements PreservationPolicy {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public CustomSteps {
            steps = Checks.steps(steps);
        }

        @Override
        public Set<Long> preserve(List<CheckpointInfo> checkpoints) {
            Set<Long> kept = steps(checkpoints);
            kept.retainAll(steps);
            return kept;
        }

        private static Set<Long> steps(List<CheckpointInfo> checkpoints) {
            return PreservationPolicy.steps(checkpoints);
        }
    }

    /** Keeps what any of {@code policies} keeps. */
    record AnyOf(@JsonValue List<PreservationPolicy> policies) implements PreservationPolicy {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public AnyOf {
            policies = List.copyOf(policies);
            Checks.check(!policies.isEmpty(), "anyOf is empty; name at least one policy");
        }

        @Override
        public Set<Long> preserve(List<CheckpointInfo> checkpoints) {
            return policies.stream()
                    .flatMap(policy -> policy.preserve(checkpoints).stream())
                    .collect(toSet());
        }
    }

    private static Set<Long> steps(List<CheckpointInfo> checkpoints) {
        return new HashSet<>(checkpoints.stream().map(CheckpointInfo::step).toList());
    }

    private static List<CheckpointInfo> last(int n, List<CheckpointInfo> checkpoints) {
        return checkpoints.subList(Math.max(0, checkpoints.size() - n), checkpoints.size());
    }
}
