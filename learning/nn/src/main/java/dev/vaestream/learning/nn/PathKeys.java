package dev.vaestream.learning.nn;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Flax's rule for a key of its own for every draw: so parameters do not depend on the order of submodules. */
final class PathKeys {
    private PathKeys() {}

    /**
     * What is folded into a stream's key: the first four bytes of SHA-1 over the scope's names and the draw's number.
     *
     * @param draw 1 for the first draw in the scope
     */
    static int hash(List<String> scope, int draw) {
        MessageDigest sha1 = sha1();
        scope.forEach(name -> sha1.update(name.getBytes(StandardCharsets.UTF_8)));
        for (int shift = 24; shift >= 0; shift -= 8) {
            if (draw >>> shift != 0) {
                sha1.update((byte) (draw >>> shift));
            }
        }
        return ByteBuffer.wrap(sha1.digest()).getInt();
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-1, which every Java must have", e);
        }
    }
}
