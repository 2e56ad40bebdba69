package dev.vaestream.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A run spec in the making: what a file says, with what the command line says on top. */
record RunDraft(ObjectNode fields) {
    static final RunDraft EMPTY = new RunDraft(Json.mapper().createObjectNode());

    private static final String STREAM = "stream";
    private static final String STEPS = "steps";

    /** @throws UsageException where the file holds no JSON object */
    static RunDraft read(Path file) {
        try {
            return parse(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new CommandFailedException("cannot read %s: %s".formatted(file, Reason.of(e)), e);
        }
    }

    /** @throws UsageException where {@code bytes} are no JSON object */
    static RunDraft parse(String file, byte[] bytes) {
        try {
            JsonNode json = Json.read(bytes, JsonNode.class);
            if (json instanceof ObjectNode object) {
                return new RunDraft(object);
            }
            throw new UsageException("%s holds no JSON object".formatted(file));
        } catch (InvalidJsonException e) {
            throw new UsageException("%s: %s".formatted(file, e.getMessage()));
        }
    }

    /** With those that are present in the place of the draft's own. */
    RunDraft with(@Nullable String stream, @Nullable Long steps) {
        ObjectNode copy = fields.deepCopy();
        if (stream != null) {
            copy.put(STREAM, stream);
        }
        if (steps != null) {
            copy.put(STEPS, steps);
        }
        return new RunDraft(copy);
    }

    String stream() {
        return fields.path(STREAM).asText(DemoPlan.MNIST);
    }

    boolean hasSteps() {
        return fields.has(STEPS);
    }

    /** @throws UsageException naming the field that does not hold */
    RunSpec spec() {
        try {
            return Json.read(Json.write(with(stream(), null).fields), RunSpec.class);
        } catch (InvalidJsonException e) {
            throw new UsageException("the run spec does not hold: " + e.getMessage());
        }
    }
}
