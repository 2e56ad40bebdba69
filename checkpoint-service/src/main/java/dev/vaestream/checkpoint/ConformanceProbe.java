package dev.vaestream.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Finds out whether a store keeps the rule that commits stand on: of several that create a fresh key at the same time
 * exactly one wins, and everybody sees what it wrote, in lists too. Some stores take the condition and ignore it.
 */
final class ConformanceProbe {
    private static final int WRITERS = 8;
    private static final int KEYS = 5;

    private final ObjectStorage storage;

    ConformanceProbe(ObjectStorage storage) {
        this.storage = storage;
    }

    /**
     * Tries the store, and cleans up.
     *
     * @throws UnfitStorageException where it breaks the rule
     * @throws StorageUnavailableException where it does not say
     */
    void run() {
        String prefix = "probe/" + UUID.randomUUID() + "/";
        List<String> keys =
                IntStream.range(0, KEYS).mapToObj(key -> prefix + key).toList();
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try {
            keys.forEach(key -> requireOneWinner(writers, key));
            requireListed(prefix, keys, "created");
        } finally {
            writers.shutdownNow();
        }
        requireLastWriteSeen(keys.get(0));
        keys.forEach(storage::delete);
        requireListed(prefix, List.of(), "left");
    }

    private void requireListed(String prefix, List<String> keys, String what) {
        List<String> listed =
                storage.list(prefix).stream().map(StoredObject::key).toList();
        require(listed.equals(keys), "lists %s after %s were %s".formatted(listed, keys, what));
    }

    private void requireLastWriteSeen(String key) {
        byte[] last = content(WRITERS + 1);
        storage.put(key, last);
        require(
                storage.document(key).filter(held -> Arrays.equals(held, last)).isPresent(),
                "does not give back what was written last");
        require(
                storage.stat(key).filter(stat -> stat.bytes() == last.length).isPresent(),
                "does not know the size of what was written last");
    }

    private void requireOneWinner(ExecutorService writers, String key) {
        List<byte[]> winners = race(writers, key);
        require(winners.size() == 1, "lets %d of %d writers create the same object".formatted(winners.size(), WRITERS));
        require(
                storage.document(key)
                        .filter(held -> Arrays.equals(held, winners.get(0)))
                        .isPresent(),
                "does not hold what the winner of several writers wrote");
        require(!storage.createIfAbsent(key, content(WRITERS)), "creates an object that is there");
    }

    /** What each writer wrote that was told that it has created the object. */
    private List<byte[]> race(ExecutorService writers, String key) {
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        List<Future<Boolean>> answers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            byte[] content = content(writer);
            answers.add(writers.submit(() -> {
                start.await();
                return storage.createIfAbsent(key, content);
            }));
        }
        List<byte[]> winners = new ArrayList<>();
        List<StorageUnavailableException> unclear = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            try {
                if (answers.get(writer).get()) {
                    winners.add(content(writer));
                }
            } catch (ExecutionException e) {
                unclear.add(unclear(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StorageUnavailableException("the probe was interrupted", e);
            }
        }
        if (winners.isEmpty() && !unclear.isEmpty()) {
            throw unclear.get(0);
        }
        return winners;
    }

    /** A store may refuse a loser with a conflict instead of an answer. */
    private static StorageUnavailableException unclear(ExecutionException e) {
        return e.getCause() instanceof StorageUnavailableException unavailable
                ? unavailable
                : new StorageUnavailableException("the probe failed", e);
    }

    private void require(boolean holds, String fault) {
        if (!holds) {
            throw new UnfitStorageException("%s %s; checkpoints need a store that honours If-None-Match: *"
                    .formatted(storage.address(), fault));
        }
    }

    private static byte[] content(int writer) {
        return ("writer " + writer).getBytes(UTF_8);
    }
}
