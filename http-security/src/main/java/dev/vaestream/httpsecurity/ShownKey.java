package dev.vaestream.httpsecurity;

import dev.vaestream.contracts.ApiKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the text of an API key in the header {@code Authorization}. */
final class ShownKey {
    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    private ShownKey() {}

    /** As a bearer token, or as the password of any user, which browsers ask for by themselves. */
    static Optional<String> in(@Nullable String authorization) {
        if (authorization == null) {
            return Optional.empty();
        }
        return after(BEARER, authorization)
                .or(() -> after(BASIC, authorization).flatMap(ShownKey::password))
                .filter(text -> text.startsWith(ApiKey.PREFIX));
    }

    private static Optional<String> after(String scheme, String authorization) {
        return authorization.regionMatches(true, 0, scheme, 0, scheme.length())
                ? Optional.of(authorization.substring(scheme.length()).strip())
                : Optional.empty();
    }

    private static Optional<String> password(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            return Optional.of(pair.substring(pair.indexOf(':') + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
