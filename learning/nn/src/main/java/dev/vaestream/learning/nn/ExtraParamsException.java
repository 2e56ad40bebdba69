package dev.vaestream.learning.nn;

import java.util.Collection;
import java.util.TreeSet;

/** A module was given parameters that it has no use for, as those of another model. */
public final class ExtraParamsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExtraParamsException(Collection<String> extra) {
        super("The module has no use for the parameters " + new TreeSet<>(extra) + "; leave them out, or apply a method"
                + " that takes part of a model's parameters through Scope.of");
    }
}
