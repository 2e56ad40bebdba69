package dev.vaestream.local;

import java.io.PrintStream;

/** A file or a pipe: only whole lines, one of progress for every twentieth of the way. */
final class PlainScreen implements Screen {
    private static final int PARTS = 20;

    private final PrintStream out;
    private long part;
    private boolean ended;

    PlainScreen(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void line(String text) {
        out.println(text);
        out.flush();
    }

    @Override
    public synchronized void progress(ProgressBar.Progress progress) {
        long reached = PARTS * progress.step() / progress.steps();
        if (reached > part && !ended) {
            line(Text.labelled("training", ProgressBar.numbers(progress)));
        }
        part = reached;
    }

    @Override
    public synchronized void endProgress() {
        ended = true;
    }
}
