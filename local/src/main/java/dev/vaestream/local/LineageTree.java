package dev.vaestream.local;

import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Lineage;
import dev.vaestream.contracts.Lineage.Generation;
import dev.vaestream.contracts.Lineage.Input;
import dev.vaestream.contracts.Lineage.OffsetRange;
import dev.vaestream.contracts.Lineage.Parent;
import dev.vaestream.contracts.RunSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A lineage for people: the checkpoint, what it was made of, and what that was made of. */
final class LineageTree {
    private final List<Generation> generations;

    LineageTree(Lineage lineage) {
        this.generations = lineage.generations();
    }

    Tree tree() {
        return tree(0);
    }

    private Tree tree(int index) {
        Generation generation = generations.get(index);
        List<Tree> below = new ArrayList<>();
        below.add(Tree.leaf("manifest " + generation.manifestDigest()));
        below.add(Tree.leaf("parameters " + generation.paramsDigest()));
        below.add(Tree.leaf("committed " + generation.committedAt()));
        below.add(spec(generation));
        if (!generation.parents().isEmpty()) {
            below.add(parents(generation));
        }
        below.add(input(generation.input()));
        origin(generation.spec()).ifPresent(origin -> below.add(origin(origin, index + 1)));
        return new Tree("checkpoint %s/%d".formatted(generation.run(), generation.step()), below);
    }

    private static Tree spec(Generation generation) {
        RunSpec spec = generation.spec();
        return new Tree(
                "spec " + generation.specDigest(),
                List.of(
                        Tree.leaf("stream %s, %s steps, seed %d"
                                .formatted(spec.stream(), Text.count(spec.steps()), spec.seed())),
                        Tree.leaf("optimizer " + new String(Json.write(spec.optimizer()), StandardCharsets.UTF_8))));
    }

    private static Tree parents(Generation generation) {
        return new Tree(
                "parents",
                generation.parents().stream()
                        .map(LineageTree::parent)
                        .map(Tree::leaf)
                        .toList());
    }

    private static String parent(Parent parent) {
        return "%d%s%s"
                .formatted(
                        parent.step(),
                        parent.manifestDigest() == null
                                ? ""
                                : ", manifest " + parent.manifestDigest().abbreviated(),
                        parent.kept() ? "" : ", no longer kept");
    }

    private static Tree input(Input input) {
        List<Tree> below = new ArrayList<>();
        below.add(Tree.leaf("digest " + input.digest()));
        if (!input.skipped().isEmpty()) {
            below.add(Tree.leaf("skipped " + input.skipped()));
        }
        for (OffsetRange range : input.partitions()) {
            below.add(Tree.leaf(
                    "partition %d, offsets %d to %d".formatted(range.partition(), range.from(), range.to() - 1)));
        }
        return new Tree(
                "batches %d to %d of %d images in topic %s"
                        .formatted(input.firstSequence(), input.nextSequence() - 1, input.batchSize(), input.topic()),
                below);
    }

    private static Optional<String> origin(RunSpec spec) {
        if (spec.forkedFrom() != null) {
            return Optional.of("forked from %s/%d"
                    .formatted(spec.forkedFrom().run(), spec.forkedFrom().step()));
        }
        return spec.initializeFrom() == null
                ? Optional.empty()
                : Optional.of("initialized from %s/%d"
                        .formatted(
                                spec.initializeFrom().run(),
                                spec.initializeFrom().step()));
    }

    private Tree origin(String text, int index) {
        return index < generations.size() ? new Tree(text, tree(index).below()) : Tree.leaf(text + ", no longer kept");
    }
}
