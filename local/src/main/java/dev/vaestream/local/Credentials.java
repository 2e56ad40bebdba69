package dev.vaestream.local;

import java.security.SecureRandom;
import java.util.HexFormat;

/** The object store's key pair. */
record Credentials(String accessKey, String secretKey) {
    private static final int ACCESS_BYTES = 10;
    private static final int SECRET_BYTES = 20;

    static Credentials random(SecureRandom random) {
        return new Credentials(hex(random, ACCESS_BYTES), hex(random, SECRET_BYTES));
    }

    @Override
    public String toString() {
        return "Credentials[" + accessKey + "]";
    }

    private static String hex(SecureRandom random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
