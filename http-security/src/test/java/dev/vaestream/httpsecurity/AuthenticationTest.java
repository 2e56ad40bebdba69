package dev.vaestream.httpsecurity;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {
    private static final Authentication NONE = new Authentication(false, false, Optional.empty());

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost"})
    void nobodyNeedBeAskedOnLoopback(String host) {
        assertThatCode(() -> NONE.check(host)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "no-such-host.invalid"})
    void elsewhereSomebodyMustBeKnown(String host) {
        assertThatThrownBy(() -> NONE.check(host))
                .isInstanceOf(UnprotectedServiceException.class)
                .hasMessageStartingWith("quarkus.http.host is " + host)
                .hasMessageContaining("vaestream.security.api-keys")
                .hasMessageContaining("quarkus.oidc.auth-server-url");
    }

    @Test
    void keysAreEnough() {
        assertThatCode(() -> new Authentication(true, false, Optional.empty()).check("0.0.0.0"))
                .doesNotThrowAnyException();
    }

    @Test
    void tokensForAnAudienceAreEnough() {
        assertThatCode(() -> new Authentication(false, true, Optional.of(Set.of("vaestream"))).check("0.0.0.0"))
                .doesNotThrowAnyException();
    }

    @Test
    void tokensForAnybodyAreNot() {
        assertThatThrownBy(() -> new Authentication(true, true, Optional.empty()).check("127.0.0.1"))
                .hasMessageContaining("quarkus.oidc.token.audience");
    }
}
