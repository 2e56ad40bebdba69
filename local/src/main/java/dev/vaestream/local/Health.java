package dev.vaestream.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a service says of its readiness.
 *
 * @param ready whether it can be used
 * @param reason the first check that says it cannot, with what it adds; empty where it can
 */
record Health(boolean ready, String reason) {
    /** Reads the answer of {@code /q/health/ready}, as MicroProfile Health has it. */
    static Health of(JsonNode answer) {
        if (answer.path("status").asText().equals("UP")) {
            return new Health(true, "");
        }
        for (JsonNode check : answer.path("checks")) {
            if (!check.path("status").asText().equals("UP")) {
                return new Health(false, check.path("name").asText() + data(check.path("data")));
            }
        }
        return new Health(false, "not ready");
    }

    private static String data(JsonNode data) {
        String text = data.properties().stream()
                .map(Map.Entry::getValue)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "" : ": " + text;
    }

    Optional<String> trouble() {
        return ready ? Optional.empty() : Optional.of(reason);
    }
}
