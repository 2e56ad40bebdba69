package dev.vaestream.contracts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A checkpoint manager without storage: what a training loop would find after asking to save at each step. */
final class CheckpointSimulation {
    private static final Instant START = Instant.parse("2026-01-31T00:00:00Z");

    private final CheckpointOptions options;
    private final List<CheckpointInfo> checkpoints = new ArrayList<>();

    CheckpointSimulation(CheckpointOptions options) {
        this.options = options;
    }

    /** Asks at {@code from}, …, {@code to}, one hour after another. */
    CheckpointSimulation saveEach(long from, long to) {
        for (long step = from; step <= to; step++) {
            save(step, null);
        }
        return this;
    }

    /** Asks at steps 0, 1, … with these losses; nothing for one that has none. */
    CheckpointSimulation saveEach(@Nullable Double... losses) {
        for (int step = 0; step < losses.length; step++) {
            save(step, losses[step]);
        }
        return this;
    }

    boolean save(long step, @Nullable Double loss) {
        boolean saves = shouldSave(step);
        if (saves) {
            force(step, loss);
        }
        return saves;
    }

    boolean shouldSave(long step) {
        return options.shouldSave(step, latest(), false);
    }

    void preempt(long step) {
        if (options.shouldSave(step, latest(), true)) {
            force(step, null);
        }
    }

    void force(long step, @Nullable Double loss) {
        Map<CheckpointMetric, Double> metrics = new EnumMap<>(CheckpointMetric.class);
        if (loss != null) {
            metrics.put(CheckpointMetric.LOSS, loss);
        }
        checkpoints.add(new CheckpointInfo(step, START.plus(Duration.ofHours(step)), metrics));
        Set<Long> kept = options.preserve(checkpoints);
        checkpoints.removeIf(checkpoint -> !kept.contains(checkpoint.step()));
    }

    List<Long> allSteps() {
        return checkpoints.stream().map(CheckpointInfo::step).toList();
    }

    OptionalLong latest() {
        return checkpoints.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(checkpoints.get(checkpoints.size() - 1).step());
    }

    @Nullable
    Long best() {
        return options.best(checkpoints).map(CheckpointInfo::step).orElse(null);
    }
}
