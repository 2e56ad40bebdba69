package dev.vaestream.checkpoint;

import dev.vaestream.contracts.Sha256;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys of the bucket. A key of any other form is somebody else's, or half of a write, and is passed over. */
final class BucketLayout {
    static final String RUNS = "runs/";
    static final String BLOBS = "blobs/sha256/";
    /** Manifests whose commit is under way, so that nobody deletes their blobs. */
    static final String PENDING = "pending/";
    /** Blobs that are being deleted, so that no commit relies on them. */
    static final String SWEEPS = "sweeps/";

    private static final String NAME = "([a-z0-9-]{1,63})";
    private static final String NUMBER = "(0|[1-9][0-9]{0,17})\\.json";
    private static final Pattern NUMBERED = Pattern.compile(NUMBER);
    private static final Pattern NAMED = Pattern.compile(NAME + "\\.json");
    private static final Pattern RUN = Pattern.compile("runs/" + NAME + "/run\\.json");
    private static final Pattern CHECKPOINT = Pattern.compile("runs/" + NAME + "/checkpoints/" + NUMBER);
    private static final Pattern RETIRED = Pattern.compile("runs/" + NAME + "/retired/" + NUMBER);
    private static final Pattern MOVE = Pattern.compile(NAME + "/" + NUMBER);
    private static final Pattern BLOB = Pattern.compile("blobs/sha256/([0-9a-f]{64})");

    private BucketLayout() {}

    static String run(String run) {
        return RUNS + run + "/run.json";
    }

    static String writers(String run) {
        return RUNS + run + "/writers/";
    }

    static String writer(String run, long epoch) {
        return writers(run) + epoch + ".json";
    }

    static String checkpoints(String run) {
        return RUNS + run + "/checkpoints/";
    }

    static String checkpoint(String run, long step) {
        return checkpoints(run) + step + ".json";
    }

    static String retired(String run) {
        return RUNS + run + "/retired/";
    }

    static String retired(String run, long step) {
        return retired(run) + step + ".json";
    }

    static String aliases(String run) {
        return RUNS + run + "/aliases/";
    }

    static String moves(String run, String alias) {
        return aliases(run) + alias + "/";
    }

    static String move(String run, String alias, long number) {
        return moves(run, alias) + number + ".json";
    }

    static String pins(String run) {
        return RUNS + run + "/pins/";
    }

    static String pin(String run, String reader) {
        return pins(run) + reader + ".json";
    }

    /** Where a manifest goes that cannot be read, so that its step can be committed again. */
    static String corrupt(String run, long step, Sha256 bytes) {
        return RUNS + run + "/corrupt/" + step + "-" + bytes.abbreviated() + ".json";
    }

    static String blob(Sha256 digest) {
        return BLOBS + digest.hex();
    }

    static String pending(UUID commit) {
        return PENDING + commit + ".json";
    }

    static String sweep(UUID sweep) {
        return SWEEPS + sweep + ".json";
    }

    /** The run whose identity {@code key} holds. */
    static Optional<String> runOf(String key) {
        Matcher matcher = RUN.matcher(key);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The checkpoint whose manifest {@code key} holds. */
    static Optional<CheckpointId> checkpointOf(String key) {
        return checkpoint(CHECKPOINT.matcher(key));
    }

    /** The checkpoint whose end {@code key} announces. */
    static Optional<CheckpointId> retiredOf(String key) {
        return checkpoint(RETIRED.matcher(key));
    }

    /** The blob that {@code key} holds. */
    static Optional<Sha256> blobOf(String key) {
        Matcher matcher = BLOB.matcher(key);
        return matcher.matches() ? Optional.of(new Sha256(matcher.group(1))) : Optional.empty();
    }

    /** The number in {@code key}, which is {@code prefix}, a number and {@code .json}. */
    static OptionalLong numberIn(String prefix, String key) {
        Matcher matcher = NUMBERED.matcher(key.substring(prefix.length()));
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    /** The name in {@code key}, which is {@code prefix}, a name and {@code .json}. */
    static Optional<String> nameIn(String prefix, String key) {
        Matcher matcher = NAMED.matcher(key.substring(prefix.length()));
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The alias in {@code key}, which is {@code prefix}, the alias, a number and {@code .json}. */
    static Optional<String> aliasIn(String prefix, String key) {
        Matcher matcher = MOVE.matcher(key.substring(prefix.length()));
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static Optional<CheckpointId> checkpoint(Matcher matcher) {
        return matcher.matches()
                ? Optional.of(new CheckpointId(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }
}
