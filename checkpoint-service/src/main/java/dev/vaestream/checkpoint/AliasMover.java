package dev.vaestream.checkpoint;

import dev.vaestream.contracts.AliasGuard;
import dev.vaestream.contracts.AliasGuard.Better;
import dev.vaestream.contracts.AliasGuard.SameCanary;
import dev.vaestream.contracts.AliasMove;
import dev.vaestream.contracts.AliasRequest;
import dev.vaestream.contracts.AliasRollback;
import dev.vaestream.contracts.BestMode;
import dev.vaestream.contracts.CheckpointEvent;
import dev.vaestream.contracts.CheckpointMetric;
import dev.vaestream.contracts.CheckpointOptions;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.Sha256;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Moves aliases. Of two movers at once one takes the next number; the other looks again and decides anew. */
final class AliasMover {
    private final RunStore runs;
    private final ManifestStore manifests;
    private final AliasStore aliases;
    private final PinStore pins;
    private final Consumer<CheckpointEvent> events;
    private final Clock clock;

    AliasMover(
            RunStore runs,
            ManifestStore manifests,
            AliasStore aliases,
            PinStore pins,
            Consumer<CheckpointEvent> events,
            Clock clock) {
        this.runs = runs;
        this.manifests = manifests;
        this.aliases = aliases;
        this.pins = pins;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Points the alias at a checkpoint. One that points there already is not moved.
     *
     * @throws RefusedException where there is no such checkpoint, it is being deleted, or the guard does not hold
     */
    Moved move(String run, String alias, AliasRequest request) {
        return decide(run, alias, current -> request);
    }

    /**
     * Points the alias at the checkpoint that it pointed at before, which is kept for this.
     *
     * @throws RefusedException where there is no such alias, or none before
     */
    Moved rollback(String run, String alias, AliasRollback request) {
        return decide(run, alias, current -> {
            AliasMove move = current.orElseThrow(() -> absent(run, alias));
            if (move.previousStep() == null) {
                throw new RefusedException(
                        Problem.NO_PREVIOUS,
                        "Alias %s of run %s has pointed at step %d from the beginning"
                                .formatted(alias, run, move.step()));
            }
            return new AliasRequest(move.previousStep(), null, request.reason());
        });
    }

    static RefusedException absent(String run, String alias) {
        return new RefusedException(Problem.NO_ALIAS, "Run %s has no alias %s".formatted(run, alias));
    }

    private Moved decide(String run, String alias, Function<Optional<AliasMove>, AliasRequest> wish) {
        while (true) {
            Optional<AliasMove> current = aliases.current(run, alias);
            AliasRequest request = wish.apply(current);
            CheckpointId id = new CheckpointId(run, request.step());
            if (current.isPresent() && current.get().step() == request.step()) {
                if (request.guard() instanceof SameCanary wanted) {
                    requireCanary(wanted.sha256(), alias, manifests.require(id));
                }
                return new Moved(current.get(), false);
            }
            Optional<AliasMove> moved = pins.holding(id, () -> attempt(id, alias, current, request));
            if (moved.isPresent()) {
                events.accept(CheckpointEvent.of(moved.get()));
                return new Moved(moved.get(), true);
            }
        }
    }

    private Optional<AliasMove> attempt(
            CheckpointId id, String alias, Optional<AliasMove> current, AliasRequest request) {
        Manifest manifest = manifests.require(id);
        if (request.guard() != null) {
            require(request.guard(), alias, manifest, current);
        }
        AliasMove move = new AliasMove(
                id.run(),
                alias,
                current.map(AliasMove::number).orElse(0L) + 1,
                id.step(),
                manifest.digest(),
                current.map(AliasMove::step).orElse(null),
                request.guard(),
                request.reason(),
                clock.instant());
        return aliases.create(move) ? Optional.of(move) : Optional.empty();
    }

    private void require(AliasGuard guard, String alias, Manifest manifest, Optional<AliasMove> current) {
        if (guard instanceof Better better) {
            current.ifPresent(move -> requireBetter(better.metric(), manifest, move));
        } else if (guard instanceof SameCanary wanted) {
            requireCanary(wanted.sha256(), alias, manifest);
        }
    }

    private static void requireCanary(Sha256 wanted, String alias, Manifest manifest) {
        Sha256 made = manifest.canary() == null ? null : manifest.canary().sha256();
        if (!wanted.equals(made)) {
            throw new RefusedException(
                    Problem.GUARD_FAILED,
                    "Alias %s of run %s is not pointed at step %d: its canary is %s, not %s"
                            .formatted(alias, manifest.run(), manifest.step(), described(made), wanted));
        }
    }

    private void requireBetter(CheckpointMetric metric, Manifest manifest, AliasMove current) {
        Double wanted = manifest.info().metrics().get(metric);
        Double held = held(current, metric);
        if (wanted == null || held == null || !isBetter(wanted, held, mode(current.run(), metric))) {
            throw new RefusedException(
                    Problem.GUARD_FAILED,
                    "Alias %s of run %s stays at step %d: its %s is %s, that of step %d is %s"
                            .formatted(
                                    current.alias(),
                                    current.run(),
                                    current.step(),
                                    Json.mapper().convertValue(metric, String.class),
                                    described(held),
                                    manifest.step(),
                                    described(wanted)));
        }
    }

    /** Null where the checkpoint that the alias points at is lost, too. */
    private @Nullable Double held(AliasMove current, CheckpointMetric metric) {
        try {
            return manifests
                    .require(new CheckpointId(current.run(), current.step()))
                    .info()
                    .metrics()
                    .get(metric);
        } catch (RefusedException | CorruptManifestException e) {
            return null;
        }
    }

    private static boolean isBetter(double wanted, double held, BestMode mode) {
        return mode == BestMode.MAX ? wanted > held : wanted < held;
    }

    /** Less is better, unless the run itself says otherwise. */
    private BestMode mode(String run, CheckpointMetric metric) {
        return runs.identity(run)
                .map(identity -> identity.spec().checkpoints())
                .filter(options -> options.bestMetric() == metric)
                .map(CheckpointOptions::bestMode)
                .orElse(BestMode.MIN);
    }

    private static String described(@Nullable Object value) {
        return value == null ? "unknown" : value.toString();
    }

    /** @param changed whether the alias pointed elsewhere before */
    record Moved(AliasMove move, boolean changed) {}
}
