package dev.vaestream.checkpoint;

import dev.vaestream.contracts.CrashPoint;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.RunIdentity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Keeps what a run's options and its holders say, and lets the rest go. No commit waits for it. */
final class Retention {
    private static final Logger LOG = Logger.getLogger(Retention.class);

    private final RunStore runs;
    private final ManifestStore manifests;
    private final Holds holds;
    private final GarbageCollector garbage;
    private final OrphanSweep orphans;
    /** Runs in which something is still to be done. */
    private final Set<String> open = ConcurrentHashMap.newKeySet();

    private volatile boolean started;

    Retention(RunStore runs, ManifestStore manifests, Holds holds, GarbageCollector garbage, OrphanSweep orphans) {
        this.runs = runs;
        this.manifests = manifests;
        this.holds = holds;
        this.garbage = garbage;
        this.orphans = orphans;
    }

    /** From now on {@link #goOn} and {@link #sweep} do something. */
    void start() {
        started = true;
    }

    /** Lets the run be looked at soon: something has changed of what it keeps. */
    void reconsider(String run) {
        open.add(run);
    }

    /** Retires what the run does not keep, and goes on with what is being retired. Never throws. */
    void retain(String run) {
        // What changes while this looks opens the run again.
        open.remove(run);
        boolean left = true;
        try {
            Optional<RunIdentity> identity = runs.identity(run);
            left = identity.isPresent() && retain(identity.get());
        } catch (StorageUnavailableException e) {
            LOG.warnf("run %s keeps its old checkpoints for now: %s", run, e.getMessage());
        } catch (RefusedException e) {
            // It will not mend itself; the next sweep looks again.
            left = false;
            LOG.warnf("run %s keeps its old checkpoints: %s", run, e.getMessage());
        } finally {
            if (left) {
                open.add(run);
            }
        }
    }

    /** Goes on with every run in which something is left to do. */
    void goOn() {
        if (started) {
            List.copyOf(open).forEach(this::retain);
        }
    }

    /** Looks at every run, and for blobs that were never committed. Never throws. */
    void sweep() {
        if (!started) {
            return;
        }
        try {
            runs.runs().forEach(run -> {
                retain(run);
                holds.clear(run);
            });
            orphans.run();
        } catch (StorageUnavailableException e) {
            LOG.warnf("garbage stays for now: %s", e.getMessage());
        }
    }

    /** Whether something is left to do later; a hold that is there at the beginning may end by itself. */
    private boolean retain(RunIdentity identity) {
        Holds.Held held = holds.of(identity.run());
        boolean left = held.mayEnd();
        for (Manifest manifest : CrashPoint.RETENTION.around(() -> retired(identity, held.steps()))) {
            left |= !garbage.intend(manifest);
        }
        return garbage.advance(identity.run()) || left;
    }

    private List<Manifest> retired(RunIdentity identity, Set<Long> held) {
        List<Manifest> all = manifests.checkpoints(identity.run()).kept();
        Set<Long> kept = identity.spec().checkpoints().preserve(RunCheckpoints.infos(all));
        return all.stream()
                .filter(manifest -> !kept.contains(manifest.step()) && !held.contains(manifest.step()))
                .toList();
    }
}
