package dev.vaestream.local;

import dev.vaestream.contracts.CheckpointSummary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The checkpoints that a run still has, each naming the one before it.
 *
 * @param kept the oldest first
 */
record CheckpointChain(List<CheckpointSummary> kept) {
    CheckpointChain {
        kept = List.copyOf(kept);
    }

    /** Where the chain does not go from each to the next: one has no parent, or one from before the one before it. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        for (int i = 1; i < kept.size(); i++) {
            CheckpointSummary checkpoint = kept.get(i);
            long before = kept.get(i - 1).step();
            Long parent = checkpoint.parentStep();
            if (parent == null) {
                faults.add("checkpoint %d has no parent, though %d was before it".formatted(checkpoint.step(), before));
            } else if (parent < before) {
                faults.add("checkpoint %d has parent %d, though %d was before it"
                        .formatted(checkpoint.step(), parent, before));
            }
        }
        return faults;
    }

    /** Parents that are not listed: retention has deleted them, or their manifests cannot be read. */
    List<Long> unlistedParents() {
        Set<Long> steps = new HashSet<>();
        kept.forEach(checkpoint -> steps.add(checkpoint.step()));
        List<Long> unlisted = new ArrayList<>();
        for (CheckpointSummary checkpoint : kept) {
            Long parent = checkpoint.parentStep();
            if (parent != null && steps.add(parent)) {
                unlisted.add(parent);
            }
        }
        return unlisted;
    }
}
