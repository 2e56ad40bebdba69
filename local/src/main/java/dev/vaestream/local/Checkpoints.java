package dev.vaestream.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Manifest;
import java.net.URLEncoder;
import java.util.regex.Pattern;

/** The checkpoint service's HTTP calls about one run's checkpoints. */
final class Checkpoints {
    private static final Pattern STEP = Pattern.compile("[0-9]{1,18}|latest|best");

    private final Api api;
    private final String run;

    Checkpoints(Api api, String run) {
        this.api = api;
        this.run = run;
    }

    /**
     * A checkpoint's manifest.
     *
     * @param reference a step, {@code latest}, {@code best} or an alias
     * @throws CommandFailedException where there is none
     */
    Manifest find(String reference) {
        return STEP.matcher(reference).matches() ? manifest(reference) : manifest(aliasedStep(reference));
    }

    private Manifest manifest(String step) {
        return api.get(path("checkpoints", step), Manifest::decode);
    }

    private String aliasedStep(String alias) {
        return api.get(path("aliases", alias), JsonNode.class).path("step").asText();
    }

    /** The bytes of a blob, which are those that the manifest names. */
    byte[] blob(Blob blob) {
        byte[] bytes = api.bytes("/v1/blobs/" + blob.sha256(), "application/octet-stream");
        Blob received = Blob.of(blob.name(), bytes);
        if (!received.sameBytesAs(blob)) {
            throw new CommandFailedException("blob %s came with %d bytes and sha256 %s; the manifest says %d and %s"
                    .formatted(blob.name(), received.bytes(), received.sha256(), blob.bytes(), blob.sha256()));
        }
        return bytes;
    }

    private String path(String... parts) {
        StringBuilder path = new StringBuilder("/v1/runs/").append(encoded(run));
        for (String part : parts) {
            path.append('/').append(encoded(part));
        }
        return path.toString();
    }

    /** What is no name must arrive whole, so that the service can say what is wrong with it. */
    private static String encoded(String part) {
        return URLEncoder.encode(part, UTF_8).replace("+", "%20");
    }
}
