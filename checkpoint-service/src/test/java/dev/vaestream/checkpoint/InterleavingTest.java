package dev.vaestream.checkpoint;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.AliasRequest;
import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.PinRequest;
import dev.vaestream.contracts.WriterGrant;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Two services, each with a trainer, retention and readers, on one store in random orders of their verbs, with kills. The
 * two runs have the same states, so that one's garbage is what the other is about to commit.
 */
class InterleavingTest {
    private static final int SCENARIOS = Integer.getInteger("interleavings", 60);
    private static final List<String> RUNS = List.of("one", "two");
    private static final int MAX_TO_KEEP = 2;
    private static final long LAST_STEP = 6;
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration TTL = Duration.ofSeconds(20);

    /** A pin that its reader was told it has. */
    private record Hold(CheckpointId id, Instant until) {}

    @Test
    void nothingThatIsNeededIsDeletedWhateverHappensWhen() throws InterruptedException {
        for (int seed = 0; seed < SCENARIOS; seed++) {
            try {
                new Scenario(seed).run();
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static final class Scenario {
        private final InMemoryObjectStorage storage = new InMemoryObjectStorage();
        private final Random random;
        private final Interleaving interleaving;
        private final ManifestStore manifests = new ManifestStore(storage, new SimpleMeterRegistry());
        private final AliasStore aliases = new AliasStore(storage);
        private final boolean deletions;
        private final Map<String, TreeSet<Long>> seen = new HashMap<>();
        private final Map<String, Hold> pinned = new ConcurrentHashMap<>();

        Scenario(int seed) {
            random = new Random(seed);
            deletions = random.nextBoolean();
            interleaving = new Interleaving(storage, random, this::check);
            RUNS.forEach(run -> seen.put(run, new TreeSet<>()));
        }

        void run() throws InterruptedException {
            if (random.nextBoolean()) {
                leaveOrphans();
            }
            start(0);
            start(1);
            interleaving.run(random.nextInt(4), this::start);
            checkTheEnd();
        }

        /** What an earlier trainer has uploaded, old enough to be swept. */
        private void leaveOrphans() {
            TestingService earlier = new TestingService(storage);
            for (long step = 0; step <= LAST_STEP; step++) {
                upload(earlier, manifest("one", step, null, 1));
            }
            storage.advance(TestingService.ORPHAN_AGE.plusSeconds(1));
        }

        private void start(int process) {
            TestingService service = new TestingService(interleaving.storage(), GRACE, task -> {}, () -> nanoTime());
            Random choices = new Random(random.nextLong());
            interleaving.add(process, () -> train(service, RUNS.get(process)));
            interleaving.add(process, () -> retain(service));
            interleaving.add(process, () -> hold(service, "reader-" + process, choices));
        }

        private void train(TestingService service, String run) {
            WriterGrant grant = service.manager().claim(Examples.claim(run, MAX_TO_KEEP));
            while (true) {
                Manifest newest = service.manager().status(run).latest();
                long step = newest == null ? 0 : newest.step() + 1;
                if (step > LAST_STEP) {
                    return;
                }
                Manifest manifest = manifest(run, step, newest, grant.epoch());
                upload(service, manifest);
                try {
                    service.manager().save(manifest);
                } catch (RefusedException e) {
                    assertThat(e.problem()).isEqualTo(Problem.BLOBS_MISSING);
                }
            }
        }

        private static void retain(TestingService service) {
            service.retention().start();
            for (int i = 0; i < 6; i++) {
                service.retention().sweep();
            }
        }

        private void hold(TestingService service, String reader, Random choices) {
            for (int i = 0; i < 5; i++) {
                String run = RUNS.get(choices.nextInt(RUNS.size()));
                CheckpointId id = new CheckpointId(run, choices.nextInt((int) LAST_STEP + 1));
                try {
                    switch (choices.nextInt(deletions ? 4 : 3)) {
                        case 0 -> {
                            pinned.remove(run + reader);
                            Instant until = storage.now().plus(TTL);
                            service.pins().pin(run, reader, new PinRequest(id.step(), TTL));
                            pinned.put(run + reader, new Hold(id, until));
                        }
                        case 1 -> {
                            pinned.remove(run + reader);
                            service.pins().unpin(run, reader);
                        }
                        case 2 -> service.mover().move(run, "best", new AliasRequest(id.step(), null, null));
                        default -> service.manager().delete(id);
                    }
                } catch (RefusedException e) {
                    assertThat(e.problem())
                            .isIn(
                                    Problem.NO_CHECKPOINT,
                                    Problem.RETIRING,
                                    Problem.NEWEST_CHECKPOINT,
                                    Problem.CHECKPOINT_HELD);
                }
            }
        }

        /** After every single verb. */
        private void check() {
            Set<String> keys = new HashSet<>(storage.keys());
            for (String run : RUNS) {
                RunCheckpoints checkpoints = manifests.checkpoints(run);
                Set<Long> stored =
                        checkpoints.stored().stream().map(Manifest::step).collect(toSet());
                checkpoints
                        .stored()
                        .forEach(manifest -> assertThat(keys)
                                .as("blobs of %s/%d", run, manifest.step())
                                .containsAll(blobs(manifest)));
                TreeSet<Long> ever = seen.get(run);
                ever.addAll(stored);
                if (!ever.isEmpty()) {
                    assertThat(stored).as("newest of %s", run).contains(ever.last());
                }
                if (!deletions) {
                    assertThat(checkpoints.kept())
                            .as("kept of %s", run)
                            .hasSizeGreaterThanOrEqualTo(Math.min(MAX_TO_KEEP, ever.size()));
                }
                aliases.current(run, "best")
                        .ifPresent(alias ->
                                assertThat(stored).as("alias of %s", run).contains(alias.step()));
            }
            pinned.values().removeIf(hold -> !hold.until().isAfter(storage.now()));
            pinned.values()
                    .forEach(hold ->
                            assertThat(keys).as("pinned").contains(hold.id().key()));
        }

        private void checkTheEnd() {
            TestingService last = new TestingService(storage, GRACE, task -> {}, () -> nanoTime());
            last.retention().start();
            for (int i = 0; i < 4; i++) {
                storage.advance(TestingService.ORPHAN_AGE.plusSeconds(2));
                last.retention().sweep();
                check();
            }
            Set<String> needed = new HashSet<>();
            for (String run : RUNS) {
                Set<Long> kept = new TreeSet<>(last.manager().status(run).steps());
                assertThat(kept).contains(LAST_STEP);
                assertThat(manifests.checkpoints(run).retiring())
                        .as("what is left of retirements in %s", run)
                        .isSubsetOf(aliases.heldSteps(run));
                manifests.checkpoints(run).stored().forEach(manifest -> needed.addAll(blobs(manifest)));
            }
            assertThat(storage.keys().stream().filter(key -> !key.startsWith("runs/")))
                    .containsExactlyInAnyOrderElementsOf(needed);
        }

        private long nanoTime() {
            return Duration.between(Examples.NOW, storage.now()).toNanos();
        }

        private static void upload(TestingService service, Manifest manifest) {
            service.put(manifest.blob(Blob.PARAMS), Examples.params("shared", manifest.step()));
            service.put(manifest.blob(Blob.OPTIMIZER), Examples.optimizer("shared", 0));
        }

        /** The optimizer has no state, so its blob is the same at every step. */
        private static Manifest manifest(String run, long step, @Nullable Manifest parent, long epoch) {
            return Examples.manifest(
                    run, step, parent, epoch, Examples.params("shared", step), Examples.optimizer("shared", 0));
        }

        private static List<String> blobs(Manifest manifest) {
            return manifest.blobs().stream()
                    .map(blob -> BucketLayout.blob(blob.sha256()))
                    .toList();
        }
    }
}
