package dev.vaestream.integrationtests;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.RunIdentity;
import dev.vaestream.contracts.Sha256;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Loads every visible checkpoint whole, again and again, from what the store truly holds, and remembers each that does
 * not hold. The newest must never go back, only what retention may delete may vanish, and nothing may change.
 */
final class Auditor implements AutoCloseable {
    static final Pattern CHECKPOINT = Pattern.compile("runs/([a-z0-9-]+)/checkpoints/([0-9]+)\\.json");

    private final Bucket bucket;
    private final Duration pause;
    private final Map<String, NavigableMap<Long, Manifest>> seen = new TreeMap<>();
    private final Map<String, NavigableMap<Long, Manifest>> visible = new TreeMap<>();
    private final Set<String> findings = new ConcurrentSkipListSet<>();
    private final Set<String> spoiled = ConcurrentHashMap.newKeySet();
    private final AtomicLong loaded = new AtomicLong();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "auditor");

    /** @param pause between two looks */
    Auditor(Bucket bucket, Duration pause) {
        this.bucket = bucket;
        this.pause = pause;
        thread.setDaemon(true);
    }

    /** Begins to look, on a thread of its own. */
    Auditor start() {
        thread.start();
        return this;
    }

    /** A test damages this run's objects itself. */
    void leaveOut(String run) {
        spoiled.add(run);
    }

    boolean leavesOut(String run) {
        return spoiled.contains(run);
    }

    void found(String finding) {
        findings.add(finding);
    }

    /** Checkpoints that were loaded whole so far, each as often as it was. */
    long loaded() {
        return loaded.get();
    }

    /** @throws AssertionError with all that was found */
    void requireClean() {
        if (!findings.isEmpty()) {
            throw new AssertionError("the auditor found:\n" + String.join("\n", findings));
        }
    }

    /** Looks a last time. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(TimeUnit.MINUTES.toMillis(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One look at everything. */
    synchronized void audit() {
        Map<String, NavigableMap<Long, Manifest>> now = new TreeMap<>();
        for (String key : bucket.list("runs/")) {
            Matcher matcher = CHECKPOINT.matcher(key);
            if (matcher.matches() && !leavesOut(matcher.group(1))) {
                load(key)
                        .ifPresent(manifest -> now.computeIfAbsent(manifest.run(), run -> new TreeMap<>())
                                .put(manifest.step(), manifest));
            }
        }
        visible.forEach((run, before) -> compare(run, before, now.getOrDefault(run, new TreeMap<>())));
        now.forEach(this::link);
        visible.clear();
        visible.putAll(now);
    }

    private void run() {
        try {
            do {
                look();
            } while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
            look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            found("the auditor failed: " + e);
        }
    }

    private void look() {
        try {
            audit();
        } catch (UncheckedIOException e) {
            // A directory may vanish while it is listed; the next look sees what is left.
        }
    }

    /** A manifest and its blobs; empty where it is retired meanwhile. */
    private Optional<Manifest> load(String key) {
        Optional<byte[]> bytes = bucket.read(key);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            Manifest manifest = Manifest.decode(bytes.get());
            if (!key.equals("runs/%s/checkpoints/%d.json".formatted(manifest.run(), manifest.step()))) {
                found(key + " is the manifest of " + manifest.run() + "/" + manifest.step());
            }
            List<String> damaged = manifest.blobs().stream()
                    .filter(blob -> !holds(blob))
                    .map(Blob::name)
                    .toList();
            if (!damaged.isEmpty()) {
                foundWhileVisible(key, "lacks whole blobs " + damaged);
            }
            loaded.incrementAndGet();
            return Optional.of(manifest);
        } catch (InvalidJsonException e) {
            foundWhileVisible(key, "does not hold: " + e.getMessage());
            return Optional.empty();
        }
    }

    private boolean holds(Blob blob) {
        return bucket.read("blobs/sha256/" + blob.sha256())
                .filter(content ->
                        content.length == blob.bytes() && Sha256.of(content).equals(blob.sha256()))
                .isPresent();
    }

    private void foundWhileVisible(String key, String finding) {
        if (bucket.read(key).isPresent()) {
            found(key + " " + finding);
        }
    }

    private void compare(String run, NavigableMap<Long, Manifest> before, NavigableMap<Long, Manifest> now) {
        if (leavesOut(run)) {
            return;
        }
        if (now.isEmpty() || now.lastKey() < before.lastKey()) {
            found("%s went back from step %s to %s".formatted(run, before.lastKey(), now.keySet()));
            return;
        }
        NavigableMap<Long, Manifest> both = new TreeMap<>(before);
        both.putAll(now);
        Set<Long> kept = kept(run, both);
        before.forEach((step, manifest) -> {
            if (!now.containsKey(step) && kept.contains(step)) {
                found("%s/%d vanished, and retention keeps %s".formatted(run, step, kept));
            }
        });
    }

    /** What retention must not delete of these. */
    private Set<Long> kept(String run, NavigableMap<Long, Manifest> manifests) {
        return bucket.read("runs/" + run + "/run.json")
                .map(identity -> Json.read(identity, RunIdentity.class)
                        .spec()
                        .checkpoints()
                        .preserve(
                                manifests.values().stream().map(Manifest::info).toList()))
                .orElseThrow(() -> new IllegalStateException("run " + run + " has no identity"));
    }

    /** Checks that each follows the one before it, as far as that was ever seen. */
    private void link(String run, NavigableMap<Long, Manifest> now) {
        NavigableMap<Long, Manifest> known = seen.computeIfAbsent(run, any -> new TreeMap<>());
        now.forEach((step, manifest) -> {
            Manifest before = known.putIfAbsent(step, manifest);
            if (before != null && !before.equals(manifest)) {
                found("%s/%d was %s and is %s".formatted(run, step, before.digest(), manifest.digest()));
            }
        });
        now.forEach((step, manifest) -> {
            Long parent = manifest.parentStep();
            Manifest named = parent == null ? null : known.get(parent);
            if (named != null && !named.digest().equals(manifest.parentDigest())) {
                found("%s/%d does not follow %s/%d".formatted(run, step, run, parent));
            }
            NavigableMap<Long, Manifest> between = known.subMap(parent == null ? -1 : parent, false, step, false);
            if (!between.isEmpty()) {
                found("%s/%d follows step %s and leaves out %s".formatted(run, step, parent, between.keySet()));
            }
        });
    }
}
