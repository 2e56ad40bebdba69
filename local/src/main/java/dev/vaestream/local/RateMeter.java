package dev.vaestream.local;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Steps per second over the last few seconds. */
final class RateMeter {
    private static final Duration WINDOW = Duration.ofSeconds(5);

    private final Deque<Point> points = new ArrayDeque<>();

    void add(Instant at, long step) {
        points.addLast(new Point(at, step));
        while (points.size() > 2 && Duration.between(points.getFirst().at, at).compareTo(WINDOW) > 0) {
            points.removeFirst();
        }
    }

    /** Forgets what was: the run has gone back to a checkpoint. */
    void reset() {
        points.clear();
    }

    /** 0 as long as nothing is known. */
    double perSecond() {
        if (points.size() < 2) {
            return 0;
        }
        Point first = points.getFirst();
        Point last = points.getLast();
        double seconds = Duration.between(first.at, last.at).toNanos() / 1e9;
        return seconds <= 0 ? 0 : (last.step - first.step) / seconds;
    }

    private record Point(Instant at, long step) {}
}
