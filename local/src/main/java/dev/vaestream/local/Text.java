package dev.vaestream.local;

import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.MetricsEvent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How things are written for people. */
final class Text {
    private static final int LABEL_WIDTH = 10;

    private Text() {}

    /** {@code text} behind a word that says what it is about. */
    static String labelled(String label, String text) {
        return format("%-" + LABEL_WIDTH + "s%s", label, text);
    }

    /** The tutorial's line. */
    static String window(MetricsEvent.Window window) {
        Losses losses = window.losses();
        return format(
                "epoch %d | step %d | loss: %.4f ~ mse: %.4f. kl: %.4f",
                window.epoch(), window.index(), losses.loss(), losses.mse(), losses.kl());
    }

    /** {@code m:ss}, or {@code h:mm:ss} from an hour on. */
    static String duration(Duration duration) {
        long seconds = Math.max(0, (duration.toMillis() + 500) / 1000);
        return seconds < 3600
                ? format("%d:%02d", seconds / 60, seconds % 60)
                : format("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    static String bytes(long bytes) {
        long mebi = 1L << 20;
        return bytes < 1024 * mebi
                ? format("%d MiB", Math.round((double) bytes / mebi))
                : format("%.2f GiB", (double) bytes / (1024 * mebi));
    }

    static String count(long value) {
        return format("%,d", value);
    }

    /** A dash where there are none. */
    static String losses(@Nullable Losses losses) {
        return losses == null ? "-" : format("%.2f (mse %.2f, kl %.2f)", losses.loss(), losses.mse(), losses.kl());
    }

    /** One row an epoch. */
    static List<String> epochs(SortedMap<Integer, Losses> means) {
        return Stream.concat(
                        Stream.of(format("%-8s%10s%10s%10s", "epoch", "loss", "mse", "kl")),
                        means.entrySet().stream().map(Text::epoch))
                .toList();
    }

    /** Columns as wide as their widest cell, two spaces apart. */
    static List<String> table(List<List<String>> rows) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> row(row, widths)).toList();
    }

    static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }

    private static String row(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(format("%-" + (widths[i] + 2) + "s", cells.get(i)));
        }
        return line.toString().stripTrailing();
    }

    private static String epoch(Map.Entry<Integer, Losses> row) {
        Losses mean = row.getValue();
        return format("%-8d%10.4f%10.4f%10.4f", row.getKey(), mean.loss(), mean.mse(), mean.kl());
    }
}
