package dev.vaestream.checkpoint;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A store whose answers to creates go wrong as told, each once. */
final class FaultyObjectStorage extends InMemoryObjectStorage {
    private final Deque<Fault> faults = new ArrayDeque<>();
    private int creates;

    /** What happens to a create. */
    enum Fault {
        /** It is carried out and the answer is lost. */
        ANSWER_LOST,
        /** It never arrives. */
        REQUEST_LOST,
        /** It is carried out, sent a second time on the way, and the second answer comes back. */
        REFUSED_BY_ITSELF,
        /** It is not carried out and refused all the same. */
        REFUSED_FOR_NOTHING
    }

    void next(Fault... faults) {
        this.faults.addAll(List.of(faults));
    }

    int creates() {
        return creates;
    }

    @Override
    public boolean createIfAbsent(String key, byte[] content) {
        creates++;
        Fault fault = faults.poll();
        if (fault == null) {
            return super.createIfAbsent(key, content);
        }
        return switch (fault) {
            case ANSWER_LOST -> {
                super.createIfAbsent(key, content);
                throw new StorageUnavailableException("the answer is lost");
            }
            case REQUEST_LOST -> throw new StorageUnavailableException("the request is lost");
            case REFUSED_BY_ITSELF -> {
                super.createIfAbsent(key, content);
                yield super.createIfAbsent(key, content);
            }
            case REFUSED_FOR_NOTHING -> false;
        };
    }
}
