package dev.vaestream.sampler;

import dev.vaestream.contracts.CheckpointSummary;
import dev.vaestream.contracts.ForkedFrom;
import dev.vaestream.contracts.InitializeFrom;
import dev.vaestream.contracts.Lineage;
import dev.vaestream.contracts.Lineage.Generation;
import dev.vaestream.contracts.Lineage.Input;
import dev.vaestream.contracts.Lineage.Parent;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.Sha256;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Goes from a digest to the checkpoint that has it, and from there to all that it was made of. */
final class LineageFinder {
    private static final int MAX_GENERATIONS = 16;

    private final CheckpointClient client;
    private final DigestSearch search;

    LineageFinder(CheckpointClient client) {
        this.client = client;
        this.search = new DigestSearch(client);
    }

    /**
     * @param run the only one that is looked into, where it is set
     * @throws NoCheckpointException where no checkpoint has the digest
     * @throws CheckpointServiceException where it cannot be asked for now
     */
    Lineage of(Sha256 digest, Optional<String> run) {
        List<Generation> generations = new ArrayList<>();
        Optional<Checkpoint> next = Optional.of(search.find(digest, run));
        while (next.isPresent() && generations.size() < MAX_GENERATIONS) {
            generations.add(generation(next.get()));
            next = origin(next.get().identity().spec());
        }
        return new Lineage(generations);
    }

    private Generation generation(Checkpoint checkpoint) {
        Manifest manifest = checkpoint.manifest();
        return new Generation(
                manifest.run(),
                manifest.step(),
                manifest.digest(),
                checkpoint.paramsDigest(),
                manifest.createdAt(),
                checkpoint.identity().specDigest(),
                checkpoint.identity().spec(),
                Input.of(checkpoint.identity(), manifest.progress()),
                parents(manifest));
    }

    private List<Parent> parents(Manifest manifest) {
        List<Parent> parents = new ArrayList<>();
        Map<Long, CheckpointSummary> kept = client.summaries(manifest.run()).stream()
                .collect(Collectors.toMap(
                        CheckpointSummary::step, Function.identity(), (one, other) -> one, HashMap::new));
        Long step = manifest.parentStep();
        Sha256 digest = manifest.parentDigest();
        while (step != null) {
            CheckpointSummary summary = kept.remove(step);
            parents.add(new Parent(step, summary == null ? digest : summary.digest(), summary != null));
            step = summary == null ? null : summary.parentStep();
            digest = null;
        }
        return parents;
    }

    private Optional<Checkpoint> origin(RunSpec spec) {
        ForkedFrom fork = spec.forkedFrom();
        if (fork != null) {
            return search.find(fork.run(), fork.step());
        }
        InitializeFrom from = spec.initializeFrom();
        return from == null ? Optional.empty() : search.find(from.run(), from.step());
    }
}
