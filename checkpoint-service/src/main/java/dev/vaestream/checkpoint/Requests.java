package dev.vaestream.checkpoint;

import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Names;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.function.Function;

/** What clients send, checked before it is used. Everything throws {@link RefusedException} with what is wrong. */
final class Requests {
    private Requests() {}

    static String run(String name) {
        return name("run", name);
    }

    /** A name in a path: of a run, an alias or a reader. */
    static String name(String what, String name) {
        if (!Names.isName(name)) {
            throw invalid(
                    "%s is '%s'; it must be 1 to 63 lower-case letters, digits and inner dashes".formatted(what, name));
        }
        return name;
    }

    /** The JSON body, as {@code reader} understands it. */
    static <T> T body(InputStream body, Function<byte[], T> reader) {
        byte[] bytes;
        try {
            bytes = body.readNBytes(ObjectStorage.MAX_DOCUMENT_BYTES);
        } catch (IOException e) {
            throw cut(e);
        }
        if (bytes.length == ObjectStorage.MAX_DOCUMENT_BYTES) {
            throw new RefusedException(
                    Problem.TOO_LARGE,
                    "The JSON must have less than %d bytes".formatted(ObjectStorage.MAX_DOCUMENT_BYTES));
        }
        try {
            return reader.apply(bytes);
        } catch (InvalidJsonException e) {
            throw invalid(Objects.requireNonNull(e.getMessage()));
        }
    }

    /** Both must be equal: the value in the path and the one in the body. */
    static void requireSame(String what, Object path, Object body) {
        if (!path.equals(body)) {
            throw invalid("%s is %s in the path and %s in the body".formatted(what, path, body));
        }
    }

    /** The sender went away in the middle. */
    static RefusedException cut(IOException e) {
        return invalid("The body did not arrive whole: " + e.getMessage());
    }

    static RefusedException invalid(String detail) {
        return new RefusedException(Problem.INVALID_REQUEST, detail);
    }
}
