package dev.vaestream.trainer;

import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.Progress;
import dev.vaestream.learning.tracing.Snapshot;
import dev.vaestream.vae.StoredState;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Keeps checkpoints in memory; a kill does not reach them. */
final class KeptCheckpoints implements Checkpointer {
    private final SortedMap<Long, Saved> saved = new TreeMap<>();

    record Saved(Progress progress, StoredState state) {}

    @Override
    public void save(Progress progress, Supplier<Snapshot<StoredState>> state) {
        saved.put(progress.step(), new Saved(progress, Snapshot.copyOf(state.get())));
    }

    @Override
    public Optional<Manifest> await() {
        return Optional.empty();
    }

    OptionalLong latestStep() {
        return saved.isEmpty() ? OptionalLong.empty() : OptionalLong.of(saved.lastKey());
    }

    SortedMap<Long, Saved> all() {
        return saved;
    }

    Saved last() {
        return saved.get(saved.lastKey());
    }
}
