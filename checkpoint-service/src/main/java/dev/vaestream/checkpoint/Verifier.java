package dev.vaestream.checkpoint;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.CorruptArraysException;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.Safetensors;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.contracts.Verification;
import dev.vaestream.contracts.Verification.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a checkpoint again whole: the manifest against its own digest, the chain of parents up to it, each blob and each
 * array. What differs is the answer and no error.
 */
final class Verifier {
    private static final String NOTHING = "nothing";

    private final ManifestStore manifests;
    private final BlobStore blobs;

    Verifier(ManifestStore manifests, BlobStore blobs) {
        this.manifests = manifests;
        this.blobs = blobs;
    }

    /** @throws RefusedException where there is no such checkpoint */
    Verification verify(CheckpointId id) {
        Manifest manifest;
        try {
            manifest = manifests.require(id);
        } catch (CorruptManifestException e) {
            Fault fault = new Fault("manifest", "the manifest of " + id, String.valueOf(e.getMessage()));
            return new Verification(id.run(), id.step(), 0, 0, 0, List.of(fault));
        }
        List<Fault> faults = new ArrayList<>(chain(manifest));
        int arrays = 0;
        long bytes = 0;
        for (Blob blob : manifest.blobs()) {
            faults.addAll(verify(blob));
            arrays += blob.arrays().size();
            bytes += blob.bytes();
        }
        return new Verification(id.run(), id.step(), manifest.blobs().size(), arrays, bytes, faults);
    }

    /** Each checkpoint up to this one follows what it says it follows, where that is kept, and no two follow the same. */
    private List<Fault> chain(Manifest last) {
        List<Manifest> stored = manifests.checkpoints(last.run()).stored().stream()
                .filter(manifest -> manifest.step() <= last.step())
                .toList();
        Map<Long, Manifest> bySteps = stored.stream().collect(Collectors.toMap(Manifest::step, manifest -> manifest));
        Map<Long, Long> successors = new TreeMap<>();
        List<Fault> faults = new ArrayList<>();
        for (Manifest manifest : stored) {
            Long parentStep = manifest.parentStep();
            if (parentStep == null) {
                continue;
            }
            Manifest parent = bySteps.get(parentStep);
            if (parent != null && !parent.digest().equals(manifest.parentDigest())) {
                faults.add(new Fault(
                        "parent of step " + manifest.step(),
                        "step %d with digest %s".formatted(parentStep, manifest.parentDigest()),
                        "step %d with digest %s".formatted(parentStep, parent.digest())));
            }
            Long other = successors.putIfAbsent(parentStep, manifest.step());
            if (other != null) {
                faults.add(new Fault(
                        "chain after step " + parentStep,
                        "one checkpoint",
                        "step %d and step %d".formatted(other, manifest.step())));
            }
        }
        return faults;
    }

    private List<Fault> verify(Blob blob) {
        String what = "blob " + blob.name();
        String expected = described(blob.bytes(), blob.sha256());
        Optional<Spool> stored;
        try {
            stored = blobs.stored(blob.sha256());
        } catch (RefusedException e) {
            return List.of(new Fault(what, expected, String.valueOf(e.getMessage())));
        }
        if (stored.isEmpty()) {
            return List.of(new Fault(what, expected, NOTHING));
        }
        List<Fault> faults = new ArrayList<>();
        try (Spool spool = stored.get()) {
            if (spool.bytes() != blob.bytes() || !spool.digest().equals(blob.sha256())) {
                faults.add(new Fault(what, expected, described(spool.bytes(), spool.digest())));
            }
            if (!blob.arrays().isEmpty()) {
                faults.addAll(arrays(blob, spool));
            }
        }
        return faults;
    }

    private static List<Fault> arrays(Blob blob, Spool spool) {
        SortedMap<String, StoredArray> stored;
        try (InputStream content = spool.content()) {
            stored = Safetensors.read(content.readAllBytes());
        } catch (CorruptArraysException e) {
            return List.of(new Fault(
                    "arrays of " + blob.name(), blob.arrays().size() + " arrays", String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw new StorageUnavailableException("Blob %s cannot be read again".formatted(blob.sha256()), e);
        }
        TreeSet<String> paths = new TreeSet<>(blob.arrays().keySet());
        paths.addAll(stored.keySet());
        List<Fault> faults = new ArrayList<>();
        for (String path : paths) {
            String expected = digest(blob.arrays().get(path));
            StoredArray array = stored.get(path);
            String found = digest(array == null ? null : array.digest());
            if (!found.equals(expected)) {
                faults.add(new Fault("array %s of %s".formatted(path, blob.name()), expected, found));
            }
        }
        return faults;
    }

    private static String digest(@Nullable Sha256 digest) {
        return digest == null ? NOTHING : digest.hex();
    }

    private static String described(long bytes, Sha256 digest) {
        return "%d bytes with SHA-256 %s".formatted(bytes, digest);
    }
}
