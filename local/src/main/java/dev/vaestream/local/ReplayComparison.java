package dev.vaestream.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.Safetensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** What differs between a checkpoint and the one that a replay has made again. */
final class ReplayComparison {
    private final Manifest stored;
    private final Manifest replayed;
    private final Function<Blob, byte[]> content;

    /** @param content gives a blob's bytes; asked only where the digests of two blobs differ */
    ReplayComparison(Manifest stored, Manifest replayed, Function<Blob, byte[]> content) {
        this.stored = stored;
        this.replayed = replayed;
        this.content = content;
    }

    /** One line a difference: first of the progress, then of the arrays. Nothing where both hold the same state. */
    List<String> differences() {
        List<String> differences = new ArrayList<>(progress());
        SortedMap<String, Blob> ours = byName(stored);
        SortedMap<String, Blob> theirs = byName(replayed);
        for (String name : union(ours.keySet(), theirs.keySet())) {
            Blob one = ours.get(name);
            Blob other = theirs.get(name);
            if (one == null || other == null) {
                differences.add(
                        "%s: only the %s checkpoint has it".formatted(name, one == null ? "replayed" : "stored"));
            } else if (!one.sameBytesAs(other)) {
                differences.addAll(arrays(one, other));
            }
        }
        return differences;
    }

    private List<String> progress() {
        JsonNode one = Json.mapper().valueToTree(stored.progress());
        JsonNode other = Json.mapper().valueToTree(replayed.progress());
        List<String> differences = new ArrayList<>();
        one.fieldNames().forEachRemaining(field -> {
            if (!one.path(field).equals(other.path(field))) {
                differences.add("%s: %s stored, %s replayed".formatted(field, one.path(field), other.path(field)));
            }
        });
        return differences;
    }

    private List<String> arrays(Blob one, Blob other) {
        List<String> differences =
                ArrayDifferences.of(Safetensors.read(content.apply(one)), Safetensors.read(content.apply(other)));
        return differences.isEmpty()
                ? List.of("%s: the same arrays in other bytes, sha256 %s stored, %s replayed"
                        .formatted(one.name(), one.sha256(), other.sha256()))
                : differences;
    }

    private static SortedMap<String, Blob> byName(Manifest manifest) {
        SortedMap<String, Blob> blobs = new TreeMap<>();
        manifest.blobs().forEach(blob -> blobs.put(blob.name(), blob));
        return blobs;
    }

    private static SortedSet<String> union(Set<String> some, Set<String> others) {
        SortedSet<String> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }
}
