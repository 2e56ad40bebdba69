package dev.vaestream.local;

/** Where a command shows what happens: lines that stay, and below them one that is drawn again and again. */
interface Screen {
    void line(String text);

    /** Shows {@code progress} as well as this screen can. */
    void progress(ProgressBar.Progress progress);

    /** Takes the progress away; from now on only lines are shown. */
    void endProgress();
}
