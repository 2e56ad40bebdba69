package dev.vaestream.local;

import java.time.Duration;

/** Draws how far a run has come, in one line. */
final class ProgressBar {
    private static final int LONGEST = 40;
    private static final int SHORTEST = 10;

    private final Glyphs glyphs;

    ProgressBar(Glyphs glyphs) {
        this.glyphs = glyphs;
    }

    /** A line of at most {@code columns} characters, with the bar where there is room for it. */
    String draw(Progress progress, int columns) {
        String numbers = numbers(progress);
        int room = Math.min(LONGEST, columns - 1 - Text.labelled("training", "").length() - numbers.length() - 1);
        String line = room < SHORTEST
                ? Text.labelled("training", numbers)
                : Text.labelled("training", bar(progress, room) + " " + numbers);
        return line.length() < columns ? line : line.substring(0, Math.max(0, columns - 1));
    }

    static String numbers(Progress progress) {
        StringBuilder text = new StringBuilder(Text.format("%d/%d", progress.step, progress.steps));
        if (progress.perSecond > 0) {
            text.append(Text.format("  %.0f steps/s", progress.perSecond));
            text.append("  ").append(Text.duration(progress.left())).append(" left");
        }
        return text.toString();
    }

    String full() {
        return glyphs.full().repeat(SHORTEST * 2 + SHORTEST / 2);
    }

    private String bar(Progress progress, int width) {
        int filled = (int) (width * progress.step / progress.steps);
        return glyphs.full().repeat(filled) + glyphs.empty().repeat(width - filled);
    }

    /**
     * How far a run has come.
     *
     * @param perSecond steps in a second; 0 where nobody knows
     */
    record Progress(long step, long steps, double perSecond) {
        Duration left() {
            return perSecond <= 0 ? Duration.ZERO : Duration.ofMillis(Math.round((steps - step) / perSecond * 1000));
        }
    }
}
