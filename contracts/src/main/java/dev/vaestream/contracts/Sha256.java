package dev.vaestream.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A SHA-256 digest: 64 lower-case hexadecimal digits, in JSON a string. */
public record Sha256(@JsonValue String hex) implements Comparable<Sha256> {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    /** The digest of no bytes, where a chain of digests begins. */
    public static final Sha256 EMPTY = of(new byte[0]);

    @JsonCreator
    public Sha256 {
        Checks.check(HEX.matcher(hex).matches(), "digest is '%s'; it must be 64 lower-case hexadecimal digits", hex);
    }

    public static Sha256 of(byte[] bytes) {
        return of(ByteBuffer.wrap(bytes));
    }

    public static Sha256 of(ByteBuffer bytes) {
        MessageDigest digest = newDigest();
        digest.update(bytes.duplicate());
        return of(digest);
    }

    /** Ends {@code digest} and takes its value. */
    public static Sha256 of(MessageDigest digest) {
        return new Sha256(HexFormat.of().formatHex(digest.digest()));
    }

    /** The digest of this digest's 32 bytes followed by {@code next}'s: one link of a chain. */
    public Sha256 chain(Sha256 next) {
        MessageDigest digest = newDigest();
        digest.update(HexFormat.of().parseHex(hex));
        digest.update(HexFormat.of().parseHex(next.hex));
        return of(digest);
    }

    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
        }
    }

    /** The first eight digits, for people. */
    public String abbreviated() {
        return hex.substring(0, 8);
    }

    @Override
    public int compareTo(Sha256 other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
