package dev.vaestream.checkpoint;

import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.RunIdentity;
import dev.vaestream.contracts.WriterClaim;
import dev.vaestream.contracts.WriterGrant;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Runs and the right to write them: {@code run.json} and {@code writers/}. */
final class RunStore {
    private final ObjectStorage storage;
    private final CreateOnce creator;
    private final Clock clock;

    RunStore(ObjectStorage storage, Clock clock) {
        this.storage = storage;
        this.creator = new CreateOnce(storage);
        this.clock = clock;
    }

    /**
     * Begins the run, or checks that it was begun as the same one, and grants the next epoch.
     *
     * @throws RefusedException where the run was begun as another one
     */
    WriterGrant claim(WriterClaim claim) {
        RunIdentity identity = claim.identity();
        creator.create(BucketLayout.run(identity.run()), Json.write(identity))
                .ifPresent(held -> requireSame(decode(identity.run(), held), identity));
        while (true) {
            long epoch = highestEpoch(identity.run()) + 1;
            Writer writer = new Writer(identity.run(), epoch, claim.holder(), clock.instant());
            if (creator.create(BucketLayout.writer(identity.run(), epoch), Json.write(writer))
                    .isEmpty()) {
                return new WriterGrant(identity.run(), epoch);
            }
        }
    }

    /** The epoch that may commit; 0 before the first. */
    long highestEpoch(String run) {
        String prefix = BucketLayout.writers(run);
        return storage.list(prefix).stream()
                .map(object -> BucketLayout.numberIn(prefix, object.key()))
                .flatMapToLong(OptionalLong::stream)
                .max()
                .orElse(0);
    }

    /** @throws RefusedException where it is stored and cannot be read */
    Optional<RunIdentity> identity(String run) {
        return storage.document(BucketLayout.run(run)).map(bytes -> decode(run, bytes));
    }

    /** The names of all runs. */
    List<String> runs() {
        return storage.list(BucketLayout.RUNS).stream()
                .map(object -> BucketLayout.runOf(object.key()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static RunIdentity decode(String run, byte[] bytes) {
        try {
            RunIdentity identity = Json.read(bytes, RunIdentity.class);
            if (!identity.run().equals(run)) {
                throw new RefusedException(
                        Problem.RUN_CORRUPT, "Run %s is stored as run %s".formatted(run, identity.run()));
            }
            return identity;
        } catch (InvalidJsonException e) {
            throw new RefusedException(Problem.RUN_CORRUPT, "Run %s cannot be read: %s".formatted(run, e.getMessage()));
        }
    }

    private static void requireSame(RunIdentity stored, RunIdentity claimed) {
        List<String> differences = IdentityDifference.between(stored, claimed);
        if (!differences.isEmpty()) {
            throw new RefusedException(
                    Problem.RUN_DIFFERS,
                    "Run %s was begun as another one: %s".formatted(stored.run(), String.join("; ", differences)));
        }
    }
}
