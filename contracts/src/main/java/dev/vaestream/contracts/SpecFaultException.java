package dev.vaestream.contracts;

import java.io.Serial;

/** What is wrong in a tree of named parts, and where. */
final class SpecFaultException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String path;
    private final String reason;

    /** @param path below the tree's root, as {@code chain[1].adam.b1}; empty for the root */
    SpecFaultException(String path, String reason) {
        super(path.isEmpty() ? reason : path + " " + reason);
        this.path = path;
        this.reason = reason;
    }

    String path() {
        return path;
    }

    String reason() {
        return reason;
    }
}
