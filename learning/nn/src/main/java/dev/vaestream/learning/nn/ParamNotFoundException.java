package dev.vaestream.learning.nn;

import java.util.Collection;
import java.util.TreeSet;

/** A module asks for a parameter that it was not given. */
public final class ParamNotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ParamNotFoundException(String name, Collection<String> given) {
        super("There is no parameter '" + name + "'; given are " + new TreeSet<>(given));
    }
}
