package dev.vaestream.checkpoint;

import dev.vaestream.checkpoint.KilledObjectStorage.KilledError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets several processes work on one store, one verb at a time in an order that a seed decides, while the store's time
 * passes and processes are killed between two verbs.
 */
final class Interleaving {
    private static final long PATIENCE_MILLIS = 20_000;
    private static final int TIME_PASSES_ONCE_IN = 4;
    private static final int MAX_SECONDS = 12;

    private final InMemoryObjectStorage storage;
    private final Random random;
    private final Runnable invariants;
    private final List<Actor> actors = new ArrayList<>();
    private @Nullable Throwable failure;

    /** @param invariants checked after every verb */
    Interleaving(InMemoryObjectStorage storage, Random random, Runnable invariants) {
        this.storage = storage;
        this.random = random;
        this.invariants = invariants;
    }

    /** The store as a process sees it. */
    ObjectStorage storage() {
        return new ForwardingObjectStorage(storage) {
            @Override
            <T> T ask(String key, Supplier<T> question) {
                await(key, false);
                return question.get();
            }

            @Override
            <T> T change(String key, Supplier<T> change) {
                await(key, true);
                return change.get();
            }
        };
    }

    /** Adds something that process number {@code process} does at the same time as all else. */
    synchronized void add(int process, Runnable work) {
        Actor actor = new Actor(process, work);
        actors.add(actor);
        actor.thread.start();
    }

    /**
     * Runs until everything has ended.
     *
     * @param kills times that a process is killed
     * @param restart is told which one, and adds what it does then
     */
    synchronized void run(int kills, Consumer<Integer> restart) throws InterruptedException {
        for (List<Actor> alive = alive(); !alive.isEmpty(); alive = alive()) {
            Actor next = alive.get(random.nextInt(alive.size()));
            if (kills > 0 && random.nextInt(60) == 0) {
                kills--;
                for (Actor actor : alive) {
                    if (actor.process == next.process) {
                        actor.killed = true;
                        release(actor);
                    }
                }
                alive();
                restart.accept(next.process);
                continue;
            }
            letTimePass(alive);
            release(next);
            alive();
            invariants.run();
        }
    }

    /**
     * A deletion that is sent arrives in time, which processes rely on; everything else may be held up for as long as it
     * likes.
     */
    private void letTimePass(List<Actor> alive) {
        if (random.nextInt(TIME_PASSES_ONCE_IN) == 0 && alive.stream().noneMatch(Actor::isDeleting)) {
            storage.advance(Duration.ofSeconds(random.nextInt(MAX_SECONDS) + 1));
        }
    }

    private void release(Actor actor) {
        actor.at = null;
        notifyAll();
    }

    /** Those that have not ended, once each of them waits before its next verb. */
    private List<Actor> alive() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (actors.stream().anyMatch(actor -> !actor.ended && actor.at == null)) {
            wait(PATIENCE_MILLIS);
            if (System.nanoTime() > deadline) {
                throw new AssertionError("an actor neither ends nor asks the store");
            }
        }
        if (failure != null) {
            throw new AssertionError("an actor failed", failure);
        }
        actors.removeIf(actor -> actor.ended);
        return List.copyOf(actors);
    }

    private synchronized void await(String key, boolean change) {
        Actor self = actors.stream()
                .filter(actor -> actor.thread == Thread.currentThread())
                .findFirst()
                .orElseThrow();
        self.at = key;
        self.changing = change;
        notifyAll();
        while (self.at != null) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        if (self.killed) {
            throw new KilledError();
        }
    }

    private synchronized void ended(Actor actor, @Nullable Throwable thrown) {
        actor.ended = true;
        if (thrown != null && failure == null) {
            failure = thrown;
        }
        notifyAll();
    }

    /** A thread of a process. */
    private final class Actor {
        private final int process;
        private final Thread thread;
        private @Nullable String at;
        private boolean changing;
        private boolean killed;
        private boolean ended;

        Actor(int process, Runnable work) {
            this.process = process;
            this.thread = new Thread(() -> {
                Throwable thrown = null;
                try {
                    work.run();
                } catch (KilledError killed) {
                    // It is gone, as it was told.
                } catch (Throwable e) {
                    thrown = e;
                }
                ended(this, thrown);
            });
            this.thread.setDaemon(true);
        }

        boolean isDeleting() {
            return changing && at != null && (at.startsWith(BucketLayout.BLOBS) || at.contains("/retired/"));
        }
    }
}
