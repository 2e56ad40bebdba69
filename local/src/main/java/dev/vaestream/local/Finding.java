package dev.vaestream.local;

import java.util.List;

/**
 * One thing that was looked at in a deployment.
 *
 * @param subject what was looked at
 * @param holds whether it is as it must be
 * @param text how it is; where that is not as it must be, what to do too
 */
record Finding(String subject, boolean holds, String text) {
    static Finding good(String subject, String text) {
        return new Finding(subject, true, text);
    }

    static Finding bad(String subject, String trouble, String remedy) {
        return new Finding(subject, false, trouble + "; " + remedy);
    }

    List<String> row() {
        return List.of(holds ? "ok" : "BAD", subject, text);
    }
}
