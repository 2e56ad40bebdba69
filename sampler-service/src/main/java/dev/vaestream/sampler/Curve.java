package dev.vaestream.sampler;

import dev.vaestream.contracts.MetricsEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events of one kind of a run by ascending step. Beyond {@code capacity} every second one goes, so what stays is always
 * evenly spaced from the run's beginning on; the newest is kept in any case.
 */
final class Curve<E extends MetricsEvent> {
    private final int capacity;
    private final List<E> kept = new ArrayList<>();
    private long seen;
    private long stride = 1;
    private @Nullable E newest;

    /** @param capacity at least 2 */
    Curve(int capacity) {
        this.capacity = capacity;
    }

    /** Whether the event is a new one: a trainer that starts again sends the same ones again. */
    boolean add(E event) {
        if (newest != null && event.step() <= newest.step()) {
            return false;
        }
        newest = event;
        if (seen % stride == 0 && kept.size() == capacity) {
            thin();
        }
        if (seen % stride == 0) {
            kept.add(event);
        }
        seen++;
        return true;
    }

    /** At most {@code capacity + 1}. */
    List<E> events() {
        List<E> events = new ArrayList<>(kept);
        if (newest != null && !events.contains(newest)) {
            events.add(newest);
        }
        return events;
    }

    @Nullable
    E newest() {
        return newest;
    }

    private void thin() {
        for (int i = kept.size() / 2; i > 0; i--) {
            kept.remove(2 * i - 1);
        }
        stride *= 2;
    }
}
