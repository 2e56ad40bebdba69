package dev.vaestream.httpsecurity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.ApiKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShownKeyTest {
    private static final String KEY = ApiKey.PREFIX + "f".repeat(64);

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER  "})
    void aKeyIsABearerToken(String scheme) {
        assertThat(ShownKey.in(scheme + KEY)).contains(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann:", ":", ""})
    void aKeyIsAnybodysPassword(String user) {
        assertThat(ShownKey.in("Basic " + encoded(user + KEY))).contains(KEY);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Bearer", "Bearer eyJhbGciOi.e30.x", "Basic", "Basic ***", "Digest vaestream_f"})
    void otherCredentialsAreNone(String authorization) {
        assertThat(ShownKey.in(authorization)).isEmpty();
    }

    @Test
    void aPasswordThatIsNoKeyIsNone() {
        assertThat(ShownKey.in("Basic " + encoded("ann:secret"))).isEmpty();
    }

    private static String encoded(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
