package dev.vaestream.trainer;

import dev.vaestream.contracts.Progress;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.jboss.logging.Logger;

/**
 * How far retention is from the records that a run needs after a kill: those from its newest checkpoint on. A checkpoint
 * asks for it on one thread; the thread that owns the reader looks.
 */
final class Headroom {
    private static final Logger LOG = Logger.getLogger(Headroom.class);

    private final String stream;
    private final LongConsumer gauge;
    private final AtomicReference<SortedMap<Integer, Long>> asked = new AtomicReference<>();
    private boolean warned;

    /** @param gauge is told of each value, in records */
    Headroom(String stream, LongConsumer gauge) {
        this.stream = stream;
        this.gauge = gauge;
    }

    /** A checkpoint is committed; a restart begins at its offsets. */
    void committed(Progress progress) {
        asked.set(progress.offsets());
    }

    /** Looks, where a checkpoint was committed since the last time. */
    void look(PartitionReader reader) {
        SortedMap<Integer, Long> needed = asked.getAndSet(null);
        if (needed == null) {
            return;
        }
        try {
            tell(least(needed, reader.beginnings()));
        } catch (UnavailableException e) {
            LOG.debugf("headroom is looked at again later: %s", e.getMessage());
            asked.compareAndSet(null, needed);
        }
    }

    private void tell(long records) {
        gauge.accept(records);
        if (records < 0 && !warned) {
            LOG.warnf(
                    "the log of stream '%s' has lost %d records from the newest checkpoint on; a trainer that is killed"
                            + " now cannot go on, so let the topic keep more, or save more often",
                    stream, -records);
        }
        warned = records < 0;
    }

    /** The fewest records of any partition between the log's beginning and what is needed; negative where some are gone. */
    static long least(Map<Integer, Long> needed, Map<Integer, Long> beginnings) {
        return needed.entrySet().stream()
                .mapToLong(offset -> offset.getValue() - beginnings.getOrDefault(offset.getKey(), 0L))
                .min()
                .orElse(0);
    }
}
