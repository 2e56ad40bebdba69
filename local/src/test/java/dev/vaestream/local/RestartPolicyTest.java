package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {
    private final RestartPolicy policy = new RestartPolicy();

    @Test
    void thePauseDoublesWithEveryEarlyDeath() {
        assertThat(policy.afterDeath(Duration.ofSeconds(1))).contains(Duration.ofMillis(250));
        assertThat(policy.afterDeath(Duration.ofSeconds(1))).contains(Duration.ofMillis(500));
        assertThat(policy.afterDeath(Duration.ofSeconds(1))).contains(Duration.ofSeconds(1));
    }

    @Test
    void aProcessThatKeepsDyingIsGivenUp() {
        for (int death = 1; death < RestartPolicy.LIMIT; death++) {
            assertThat(policy.afterDeath(Duration.ofSeconds(2))).isPresent();
        }

        assertThat(policy.afterDeath(Duration.ofSeconds(2))).isEmpty();
    }

    @Test
    void anEndlessPolicyNeverGivesUpAndNeverWaitsLonger() {
        RestartPolicy endless = RestartPolicy.endless(Duration.ofMillis(50));

        for (int death = 1; death < 3 * RestartPolicy.LIMIT; death++) {
            assertThat(endless.afterDeath(Duration.ZERO)).contains(Duration.ofMillis(50));
        }
    }

    @Test
    void aProcessThatHadSettledBeginsAnew() {
        for (int death = 1; death < RestartPolicy.LIMIT; death++) {
            assertThat(policy.afterDeath(Duration.ofSeconds(2))).isPresent();
        }

        assertThat(policy.afterDeath(Duration.ofMinutes(1))).contains(Duration.ofMillis(250));
    }
}
