package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class CredentialsTest {
    @Test
    void twoAreNeverAlike() {
        SecureRandom random = new SecureRandom();

        assertThat(Credentials.random(random)).isNotEqualTo(Credentials.random(random));
    }

    @Test
    void theSecretIsNotPrinted() {
        assertThat(new Credentials("access", "hidden")).asString().doesNotContain("hidden");
    }
}
