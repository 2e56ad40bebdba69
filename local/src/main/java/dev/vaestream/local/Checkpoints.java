package dev.vaestream.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vaestream.contracts.AliasMove;
import dev.vaestream.contracts.AliasRollback;
import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.CheckpointSummary;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.PinRequest;
import dev.vaestream.contracts.Verification;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The checkpoint service's HTTP calls about one run's checkpoints and aliases. */
final class Checkpoints {
    private static final Pattern STEP = Pattern.compile("[0-9]{1,18}");
    private static final Set<String> WORDS = Set.of("latest", "best");
    private static final int NOT_FOUND = 404;

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
        return WORDS.contains(reference) ? manifest(reference) : manifest(Long.toString(step(reference)));
    }

    /** The step that a reference stands for; a number stands for itself, whether there is a checkpoint or not. */
    long step(String reference) {
        if (STEP.matcher(reference).matches()) {
            return Long.parseLong(reference);
        }
        return WORDS.contains(reference)
                ? manifest(reference).step()
                : api.get(path("aliases", reference), AliasMove.class).step();
    }

    /** All that are stored, the oldest first. */
    List<CheckpointSummary> list() {
        return List.of(api.get(path("checkpoints"), CheckpointSummary[].class));
    }

    /** Has the service read a checkpoint again whole; empty where there is none. */
    Optional<Verification> verify(long step) {
        String path = path("checkpoints", Long.toString(step), "verification");
        try {
            return Optional.of(api.post(path, Map.of(), Verification.class));
        } catch (ServiceException e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    List<AliasMove> aliases() {
        return List.of(api.get(path("aliases"), AliasMove[].class));
    }

    /** The moves of an alias, the first one first. */
    List<AliasMove> history(String alias) {
        return List.of(api.get(path("aliases", alias, "history"), AliasMove[].class));
    }

    AliasMove move(String alias, AliasWish wish) {
        return api.put(path("aliases", alias), wish, AliasMove.class);
    }

    AliasMove rollBack(String alias, AliasRollback rollback) {
        return api.post(path("aliases", alias, "rollback"), rollback, AliasMove.class);
    }

    void pin(String reader, PinRequest wish) {
        api.put(path("pins", reader), wish);
    }

    void unpin(String reader) {
        api.delete(path("pins", reader));
    }

    private Manifest manifest(String step) {
        return api.get(path("checkpoints", step), Manifest::decode);
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
