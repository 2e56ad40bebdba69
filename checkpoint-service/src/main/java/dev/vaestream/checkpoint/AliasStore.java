package dev.vaestream.checkpoint;

import dev.vaestream.contracts.AliasMove;
import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;

/** The moves of aliases in storage. Each is created once and never changed; the highest number is the present one. */
final class AliasStore {
    private final ObjectStorage storage;
    private final CreateOnce creator;

    AliasStore(ObjectStorage storage) {
        this.storage = storage;
        this.creator = new CreateOnce(storage);
    }

    /** Where each alias of the run points, by name. */
    List<AliasMove> list(String run) {
        return names(run).stream()
                .map(alias -> current(run, alias))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Where the alias points; empty where there is none. */
    Optional<AliasMove> current(String run, String alias) {
        OptionalLong highest = numbers(run, alias).max();
        return highest.isPresent() ? Optional.of(read(run, alias, highest.getAsLong())) : Optional.empty();
    }

    /** All moves of the alias, the first one first. */
    List<AliasMove> history(String run, String alias) {
        return numbers(run, alias)
                .sorted()
                .mapToObj(number -> read(run, alias, number))
                .toList();
    }

    /** Stores the move unless its number is taken; whether it is stored now. */
    boolean create(AliasMove move) {
        return creator.create(BucketLayout.move(move.run(), move.alias(), move.number()), Json.write(move))
                .isEmpty();
    }

    /** The steps that aliases point at, and those that they pointed at before, so that they can be rolled back. */
    Set<Long> heldSteps(String run) {
        Set<Long> steps = new HashSet<>();
        for (AliasMove move : list(run)) {
            steps.add(move.step());
            if (move.previousStep() != null) {
                steps.add(move.previousStep());
            }
        }
        return steps;
    }

    private List<String> names(String run) {
        String prefix = BucketLayout.aliases(run);
        return storage.list(prefix).stream()
                .map(object -> BucketLayout.aliasIn(prefix, object.key()))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private LongStream numbers(String run, String alias) {
        String prefix = BucketLayout.moves(run, alias);
        return storage.list(prefix).stream()
                .map(object -> BucketLayout.numberIn(prefix, object.key()))
                .flatMapToLong(OptionalLong::stream);
    }

    private AliasMove read(String run, String alias, long number) {
        String key = BucketLayout.move(run, alias, number);
        byte[] move = storage.document(key)
                .orElseThrow(() -> new StorageUnavailableException(
                        "%s lists %s, and does not have it".formatted(storage.address(), key)));
        try {
            return Json.read(move, AliasMove.class);
        } catch (InvalidJsonException e) {
            throw new RefusedException(
                    Problem.ALIAS_CORRUPT,
                    "Move %d of alias %s of run %s cannot be read: %s".formatted(number, alias, run, e.getMessage()));
        }
    }
}
