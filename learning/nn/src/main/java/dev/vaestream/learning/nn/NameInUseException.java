package dev.vaestream.learning.nn;

import java.util.List;

/** A module gives one name to two things, which would share parameters by accident. */
public final class NameInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NameInUseException(String name, List<String> path, Object user) {
        super("Name in use: '%s' at %s is already %s; take another name".formatted(name, place(path), user));
    }

    static String place(List<String> path) {
        return path.isEmpty() ? "the root" : "'" + String.join(".", path) + "'";
    }
}
