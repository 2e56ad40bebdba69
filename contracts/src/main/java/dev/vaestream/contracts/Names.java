package dev.vaestream.contracts;

import java.util.regex.Pattern;

/** The names of runs, streams, aliases and readers: 1 to 63 lower-case letters, digits and inner dashes. */
public final class Names {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private Names() {}

    /** Whether {@code text} can be one. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
