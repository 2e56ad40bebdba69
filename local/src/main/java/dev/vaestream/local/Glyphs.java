package dev.vaestream.local;

import java.util.Locale;
import java.util.Map;

/**
 * The characters beside ASCII that the output uses, and what stands for them where the terminal cannot show them.
 *
 * @param branch before a leaf of a tree
 * @param last before the last leaf of a branch
 * @param trunk before what hangs on a leaf that is not the last
 */
record Glyphs(String full, String empty, String times, String branch, String last, String trunk) {
    static final Glyphs UNICODE = new Glyphs("━", "╌", "×", "├─ ", "└─ ", "│  ");
    static final Glyphs ASCII = new Glyphs("=", "-", "x", "|- ", "`- ", "|  ");

    /** What the locale's variables promise, in the order in which they hold. */
    static Glyphs of(Map<String, String> environment) {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                String upper = value.toUpperCase(Locale.ROOT);
                return upper.contains("UTF-8") || upper.contains("UTF8") ? UNICODE : ASCII;
            }
        }
        return ASCII;
    }
}
