package dev.vaestream.local;

import java.io.PrintStream;

/** A terminal: lines scroll, the progress bar stays at the bottom. */
final class TerminalScreen implements Screen {
    private static final String CLEAR_LINE = "\r\033[2K";

    private final PrintStream out;
    private final ProgressBar bar;
    private final int columns;
    private String shown = "";
    private boolean ended;

    TerminalScreen(PrintStream out, ProgressBar bar, int columns) {
        this.out = out;
        this.bar = bar;
        this.columns = columns;
    }

    @Override
    public synchronized void line(String text) {
        out.print((shown.isEmpty() ? "" : CLEAR_LINE) + text + System.lineSeparator() + shown);
        out.flush();
    }

    @Override
    public synchronized void progress(ProgressBar.Progress progress) {
        String drawn = bar.draw(progress, columns);
        if (!ended && !drawn.equals(shown)) {
            out.print(CLEAR_LINE + drawn);
            out.flush();
            shown = drawn;
        }
    }

    @Override
    public synchronized void endProgress() {
        ended = true;
        if (!shown.isEmpty()) {
            out.print(CLEAR_LINE);
            out.flush();
            shown = "";
        }
    }
}
