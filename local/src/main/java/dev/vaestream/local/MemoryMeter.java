package dev.vaestream.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Memory of processes: each one's share of what it has in memory (PSS) on Linux, its resident set elsewhere. */
final class MemoryMeter {
    private static final long KIB = 1024;

    private long peak;

    /** The most that was seen at one time, in bytes. */
    synchronized long peak() {
        return peak;
    }

    /** Adds up what {@code pids} have now. A process that has ended counts nothing. */
    void measure(Collection<Long> pids) {
        long sum = Files.exists(Path.of("/proc/self/smaps_rollup"))
                ? pids.stream().mapToLong(MemoryMeter::proportional).sum()
                : resident(pids);
        synchronized (this) {
            peak = Math.max(peak, sum);
        }
    }

    private static long proportional(long pid) {
        try {
            return pss(Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"), StandardCharsets.US_ASCII))
                    .orElse(0);
        } catch (IOException e) {
            return 0; // it has ended
        }
    }

    /** The proportional set size in bytes that {@code /proc/<pid>/smaps_rollup} gives. */
    static OptionalLong pss(List<String> rollup) {
        return rollup.stream()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIB)
                .findFirst();
    }

    private static long resident(Collection<Long> pids) {
        String list = pids.stream().map(Object::toString).collect(Collectors.joining(","));
        try {
            Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", list)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return sumOfKib(new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return 0; // no ps
        }
    }

    /** The sum in bytes of what {@code ps -o rss=} prints. */
    static long sumOfKib(String printed) {
        return printed.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .mapToLong(line -> Long.parseLong(line) * KIB)
                .sum();
    }
}
