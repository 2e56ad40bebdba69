package dev.vaestream.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Requests of one resource over so many connections that stay open, from one thread. At a constant rate a request is due whether or
 * not the ones before have been answered, and its latency counts from when it was due, so that a server that stalls is
 * not asked less. Without a rate each connection asks again as soon as it is answered.
 *
 * <p>Prints a line for the warm-up and one for what counts: requests, failures, wrong images, requests a second, and p50,
 * p99, p99.9 and the longest latency in milliseconds.
 */
public final class HttpLoad {
    private static final String SEED = "{seed}";
    private static final long MAX_SEED = 0xffffffffL;
    private static final long MAX_MICROS = TimeUnit.SECONDS.toMicros(120);
    /** Below this a selector, which counts milliseconds, would be late. */
    private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final long NAP_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final double MICROS_A_MILLI = 1e3;

    private final String target;
    private final String json;
    private final long periodNanos;
    private final boolean marked;
    private final Selector selector = Selector.open();
    private final Deque<LoadConnection> idle = new ArrayDeque<>();
    private final int connections;
    private Histogram micros = new Histogram(MAX_MICROS, 3);
    private long failed;
    private long wrong;
    private long seed = System.nanoTime() & MAX_SEED;

    private HttpLoad(URI server, String target, String json, int connections, long periodNanos, boolean marked)
            throws IOException {
        this.target = target;
        this.json = json;
        this.periodNanos = periodNanos;
        this.marked = marked;
        this.connections = connections;
        for (int i = 0; i < connections; i++) {
            idle.add(new LoadConnection(server, selector));
        }
    }

    /**
     * Arguments: server, as http://HOST:PORT; path and query, in which {@code {seed}} is another number each time;
     * connections; requests a second, or max; seconds of warm-up; seconds that count; and {@code marked} where the images
     * are npy and {@link CheckpointFeed} marked them, or the JSON to POST.
     */
    public static void main(String[] arguments) throws IOException {
        String more = arguments.length > 6 ? arguments[6] : "";
        boolean marked = more.equals("marked");
        long period = arguments[3].equals("max")
                ? 0
                : Math.round(TimeUnit.SECONDS.toNanos(1) / Double.parseDouble(arguments[3]));
        HttpLoad load = new HttpLoad(
                URI.create(arguments[0]),
                arguments[1],
                marked ? "" : more,
                Integer.parseInt(arguments[2]),
                period,
                marked);
        load.run("warm-up", Double.parseDouble(arguments[4]));
        load.run("measured", Double.parseDouble(arguments[5]));
    }

    private void run(String what, double seconds) throws IOException {
        micros = new Histogram(MAX_MICROS, 3);
        failed = 0;
        wrong = 0;
        long begun = System.nanoTime();
        long end = begun + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
        long due = begun;
        while (due < end || idle.size() < connections) {
            long now = System.nanoTime();
            while (!idle.isEmpty() && due <= now && due < end) {
                String other = Long.toString(seed++ & MAX_SEED);
                idle.remove()
                        .send(target.replace(SEED, other), json.replace(SEED, other), periodNanos == 0 ? now : due);
                due = periodNanos == 0 ? now : due + periodNanos;
            }
            if (periodNanos == 0) {
                due = now >= end ? end : now;
            }
            await(idle.isEmpty() || due >= end ? Long.MAX_VALUE : due - now);
            for (SelectionKey key : selector.selectedKeys()) {
                receive((LoadConnection) key.attachment());
            }
            selector.selectedKeys().clear();
        }
        print(what, System.nanoTime() - begun);
    }

    /** Until an answer comes, or about {@code nanos} have passed. */
    private void await(long nanos) throws IOException {
        if (nanos > SHORT_NANOS) {
            selector.select(Math.min(TimeUnit.NANOSECONDS.toMillis(nanos) - 1, TimeUnit.SECONDS.toMillis(1)));
        } else if (selector.selectNow() == 0 && nanos > 0) {
            LockSupport.parkNanos(Math.min(nanos, NAP_NANOS));
        }
    }

    private void receive(LoadConnection connection) throws IOException {
        if (!connection.receive()) {
            return;
        }
        micros.recordValue(Math.min(MAX_MICROS, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - connection.due())));
        if (!connection.ok()) {
            failed++;
        } else if (marked && connection.firstPixel() != connection.step()) {
            wrong++;
        }
        idle.add(connection);
    }

    private void print(String what, long nanos) {
        System.out.printf(
                Locale.ROOT,
                "%s %d %d %d %.0f %.2f %.2f %.2f %.2f%n",
                what,
                micros.getTotalCount(),
                failed,
                wrong,
                micros.getTotalCount() * (double) TimeUnit.SECONDS.toNanos(1) / nanos,
                micros.getValueAtPercentile(50) / MICROS_A_MILLI,
                micros.getValueAtPercentile(99) / MICROS_A_MILLI,
                micros.getValueAtPercentile(99.9) / MICROS_A_MILLI,
                micros.getMaxValue() / MICROS_A_MILLI);
    }
}
