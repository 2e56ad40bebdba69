package dev.vaestream.local;

import java.io.PrintStream;
import java.nio.file.Path;

/**
 * What a command knows of where it was typed.
 *
 * @param installation the root of the built repository
 * @param out standard output
 * @param columns width of the terminal; 0 where the output is not one
 * @param glyphs what the terminal can show
 */
record Surroundings(Path installation, PrintStream out, int columns, Glyphs glyphs) {
    Screen screen() {
        return columns > 0 ? new TerminalScreen(out, new ProgressBar(glyphs), columns) : new PlainScreen(out);
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }
}
