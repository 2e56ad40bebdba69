package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vaestream.contracts.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HealthTest {
    @Test
    void aServiceThatIsUpHasNoTrouble() {
        assertThat(health("{\"status\":\"UP\",\"checks\":[]}").trouble()).isEmpty();
    }

    @Test
    void theFirstCheckThatIsDownIsTheReason() {
        Health health = health("{\"status\":\"DOWN\",\"checks\":[{\"name\":\"memory\",\"status\":\"UP\"},"
                + "{\"name\":\"kafka\",\"status\":\"DOWN\",\"data\":{\"reason\":\"topic runs is missing\"}}]}");

        assertThat(health.trouble()).contains("kafka: topic runs is missing");
    }

    @Test
    void aServiceMayBeDownWithoutAReason() {
        assertThat(health("{\"status\":\"DOWN\"}").trouble()).contains("not ready");
    }

    private static Health health(String json) {
        return Health.of(Json.read(json.getBytes(StandardCharsets.UTF_8), JsonNode.class));
    }
}
