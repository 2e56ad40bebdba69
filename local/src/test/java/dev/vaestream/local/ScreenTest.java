package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void onATerminalLinesScrollAboveTheBar() {
        Screen screen = new TerminalScreen(out, new ProgressBar(Glyphs.ASCII), 20);
        screen.progress(new ProgressBar.Progress(1, 10, 0));
        screen.line("a line");

        assertThat(written())
                .isEqualTo("\r\033[2Ktraining  1/10" + "\r\033[2Ka line" + System.lineSeparator() + "training  1/10");
    }

    @Test
    void anUnchangedBarIsNotDrawnAgain() {
        Screen screen = new TerminalScreen(out, new ProgressBar(Glyphs.ASCII), 20);
        screen.progress(new ProgressBar.Progress(1, 10, 0));
        int before = bytes.size();
        screen.progress(new ProgressBar.Progress(1, 10, 0));

        assertThat(bytes.size()).isEqualTo(before);
    }

    @Test
    void aBarThatWasTakenAwayStaysAway() {
        Screen screen = new TerminalScreen(out, new ProgressBar(Glyphs.ASCII), 20);
        screen.progress(new ProgressBar.Progress(1, 10, 0));
        screen.endProgress();
        screen.progress(new ProgressBar.Progress(2, 10, 0));
        screen.line("a line");

        assertThat(written()).endsWith("\r\033[2Ka line" + System.lineSeparator());
    }

    @Test
    void aPipeGetsALineForEveryTwentieth() {
        Screen screen = new PlainScreen(out);
        for (int step = 0; step <= 1_000; step++) {
            screen.progress(new ProgressBar.Progress(step, 1_000, 0));
        }

        assertThat(written().lines())
                .hasSize(20)
                .startsWith("training  50/1000")
                .endsWith("training  1000/1000");
    }

    @Test
    void aPipeGetsNoControlCharacters() {
        Screen screen = new PlainScreen(out);
        screen.line("a line");
        screen.progress(new ProgressBar.Progress(500, 1_000, 10));
        screen.endProgress();

        assertThat(written()).doesNotContain("\033", "\r");
    }

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
