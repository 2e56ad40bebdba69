package dev.vaestream.sampler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Looks at the health that a service tells of itself. */
final class ServiceLook {
    private static final int MAX_BYTES = 256 << 10;
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final HttpCalls calls;

    ServiceLook(HttpCalls calls) {
        this.calls = calls;
    }

    Condition at(URI service) {
        try {
            HttpResponse<byte[]> answer = calls.send(
                    HttpRequest.newBuilder(service.resolve("/q/health/ready")).build(), MAX_BYTES);
            return switch (answer.statusCode()) {
                case OK -> Condition.UP;
                case UNAVAILABLE -> new Condition(Condition.State.TROUBLED, reasons(answer.body()));
                default -> Condition.down("%s answers %d".formatted(service, answer.statusCode()));
            };
        } catch (CheckpointServiceException | BodyTooLongException | InvalidJsonException e) {
            return Condition.down("does not answer at " + service);
        }
    }

    private static List<String> reasons(byte[] health) {
        List<String> reasons = new ArrayList<>();
        for (JsonNode check : Json.read(health, JsonNode.class).path("checks")) {
            if (!check.path("status").asText().equals("UP")) {
                List<String> data = new ArrayList<>();
                check.path("data").properties().forEach(entry -> data.add(text(entry.getKey(), entry.getValue())));
                reasons.add(check.path("name").asText()
                        + (data.isEmpty() ? " is not ready" : ": " + String.join("; ", data)));
            }
        }
        return reasons.isEmpty() ? List.of("is not ready") : reasons;
    }

    private static String text(String key, JsonNode value) {
        return key.equals("reason") ? value.asText() : key + " " + value.asText();
    }
}
