package dev.vaestream.integrationtests;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.RunIdentity;
import dev.vaestream.contracts.Sha256;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * Judges every change of a store at its moment: a blob is what its name says, a manifest names blobs that are there and
 * follows the newest, it goes only after an intent and never against retention, and no blob goes that one names.
 */
final class ChangeAudit implements StoredFiles.Listener {
    private static final String BLOBS = "blobs/sha256/";

    private final StoredFiles files;
    private final Auditor auditor;

    ChangeAudit(StoredFiles files, Auditor auditor) {
        this.files = files;
        this.auditor = auditor;
    }

    @Override
    public void put(String key, Optional<byte[]> before, byte[] after) {
        if (key.startsWith(BLOBS)) {
            require(key.equals(BLOBS + Sha256.of(after)), key + " was written with other bytes");
        }
        run(key).ifPresent(run -> {
            require(before.isEmpty() || Arrays.equals(before.get(), after), key + " was changed");
            if (before.isEmpty()) {
                decode(after)
                        .ifPresentOrElse(this::created, () -> auditor.found(key + " was created and does not hold"));
            }
        });
    }

    @Override
    public void deleted(String key, byte[] before) {
        if (key.startsWith(BLOBS)) {
            visible("runs/").stream()
                    .filter(manifest -> manifest.blobs().stream().anyMatch(blob -> key.equals(key(blob))))
                    .forEach(manifest -> auditor.found(
                            "%s was deleted, which %s/%d names".formatted(key, manifest.run(), manifest.step())));
        }
        run(key).flatMap(run -> decode(before)).ifPresent(this::deleted);
    }

    private void created(Manifest manifest) {
        Manifest newest = visible(checkpoints(manifest.run())).stream()
                .filter(other -> other.step() != manifest.step())
                .reduce((a, b) -> a.step() > b.step() ? a : b)
                .orElse(null);
        require(
                Objects.equals(newest == null ? null : newest.digest(), manifest.parentDigest()),
                "%s/%d was committed after %s and not after its parent %s"
                        .formatted(
                                manifest.run(),
                                manifest.step(),
                                newest == null ? "none" : newest.step(),
                                manifest.parentStep()));
        for (Blob blob : manifest.blobs()) {
            require(
                    files.entry(key(blob))
                            .filter(entry -> entry.bytes() == blob.bytes())
                            .isPresent(),
                    "%s/%d was committed without %s".formatted(manifest.run(), manifest.step(), blob.name()));
        }
    }

    private void deleted(Manifest manifest) {
        String run = manifest.run();
        require(
                files.entry("runs/%s/retired/%d.json".formatted(run, manifest.step()))
                        .isPresent(),
                "%s/%d was deleted without an intent".formatted(run, manifest.step()));
        List<Manifest> all = visible(checkpoints(run));
        files.read("runs/" + run + "/run.json")
                .map(identity -> Json.read(identity, RunIdentity.class).spec().checkpoints())
                .map(options ->
                        options.preserve(all.stream().map(Manifest::info).toList()))
                .ifPresent(kept -> require(
                        !kept.contains(manifest.step()),
                        "%s/%d was deleted, and retention keeps %s".formatted(run, manifest.step(), kept)));
    }

    /** By step. */
    private List<Manifest> visible(String prefix) {
        return files.list(prefix).stream()
                .filter(key -> run(key).isPresent())
                .flatMap(key -> files.read(key).stream())
                .flatMap(bytes -> decode(bytes).stream())
                .sorted((a, b) -> Long.compare(a.step(), b.step()))
                .toList();
    }

    /** The run whose manifest it is, unless a test damages it. */
    private Optional<String> run(String key) {
        Matcher matcher = Auditor.CHECKPOINT.matcher(key);
        return matcher.matches() && !auditor.leavesOut(matcher.group(1))
                ? Optional.of(matcher.group(1))
                : Optional.empty();
    }

    private static Optional<Manifest> decode(byte[] bytes) {
        try {
            return Optional.of(Manifest.decode(bytes));
        } catch (InvalidJsonException e) {
            return Optional.empty();
        }
    }

    private static String checkpoints(String run) {
        return "runs/" + run + "/checkpoints/";
    }

    private static String key(Blob blob) {
        return BLOBS + blob.sha256();
    }

    private void require(boolean holds, String finding) {
        if (!holds) {
            auditor.found(finding);
        }
    }
}
