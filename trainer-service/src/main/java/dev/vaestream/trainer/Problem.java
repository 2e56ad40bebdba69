package dev.vaestream.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vaestream.contracts.Json;
import java.io.IOException;

/**
 * An error answer of the checkpoint service (RFC 9457).
 *
 * @param code its stable short name, as {@code fenced}; empty where the answer has none
 * @param detail for people
 */
record Problem(String code, String detail) {
    static Problem read(int status, byte[] body) {
        try {
            JsonNode problem = Json.mapper().readTree(body);
            String type = problem.path("code").asText(problem.path("type").asText());
            String detail = problem.path("detail").asText(problem.path("title").asText());
            String code = type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf(':')) + 1);
            return new Problem(code, detail.isEmpty() ? "status " + status : detail);
        } catch (IOException e) {
            return new Problem("", "status " + status);
        }
    }
}
