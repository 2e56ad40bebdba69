package dev.vaestream.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vaestream.contracts.Json;
import java.io.IOException;

/**
 * An HTTP error as one line.
 *
 * @param type the problem's type, as {@code stream-differs}; empty where the answer has none
 * @param line title and detail, for people
 */
record Problem(int status, String type, String line) {
    /** Reads a problem+json body, and makes do with whatever else an error may have as its body. */
    static Problem of(int status, byte[] body) {
        JsonNode json = parse(body);
        String title = json.path("title").asText("");
        String detail = json.path("detail").asText("");
        String line = title.isEmpty() || detail.isEmpty() ? title + detail : title + ": " + detail;
        return new Problem(
                status, json.path("type").asText(""), line.isEmpty() ? "HTTP status " + status : oneLine(line));
    }

    private static JsonNode parse(byte[] body) {
        try {
            JsonNode json = Json.mapper().readTree(body);
            return json == null ? Json.mapper().missingNode() : json;
        } catch (JsonProcessingException e) {
            return Json.mapper().missingNode();
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot fail to be read", e);
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
