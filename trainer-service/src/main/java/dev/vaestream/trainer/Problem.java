package dev.vaestream.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vaestream.contracts.Json;
import java.io.IOException;

/**
 * An error answer of the checkpoint service (RFC 9457).
 *
 * @param type its stable short name, as {@code fenced}; empty where the answer has none
 * @param detail for people
 */
record Problem(String type, String detail) {
    static Problem read(int status, byte[] body) {
        try {
            JsonNode problem = Json.mapper().readTree(body);
            String detail = problem.path("detail").asText(problem.path("title").asText());
            return new Problem(problem.path("type").asText(), detail.isEmpty() ? "status " + status : detail);
        } catch (IOException e) {
            return new Problem("", "status " + status);
        }
    }
}
