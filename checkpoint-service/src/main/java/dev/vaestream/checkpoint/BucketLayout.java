package dev.vaestream.checkpoint;

import dev.vaestream.contracts.Sha256;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys of the bucket. A key of any other form is somebody else's, or half of a write, and is passed over. */
final class BucketLayout {
    static final String RUNS = "runs/";

    private static final Pattern NUMBERED = Pattern.compile("(0|[1-9][0-9]{0,17})\\.json");
    private static final Pattern RUN = Pattern.compile("runs/([a-z0-9-]{1,63})/run\\.json");
    private static final Pattern CHECKPOINT =
            Pattern.compile("runs/([a-z0-9-]{1,63})/checkpoints/(0|[1-9][0-9]{0,17})\\.json");

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

    /** Where a manifest goes that cannot be read, so that its step can be committed again. */
    static String corrupt(String run, long step, Sha256 bytes) {
        return RUNS + run + "/corrupt/" + step + "-" + bytes.abbreviated() + ".json";
    }

    static String blob(Sha256 digest) {
        return "blobs/sha256/" + digest.hex();
    }

    /** The run whose identity {@code key} holds. */
    static Optional<String> runOf(String key) {
        Matcher matcher = RUN.matcher(key);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The checkpoint whose manifest {@code key} holds. */
    static Optional<CheckpointId> checkpointOf(String key) {
        Matcher matcher = CHECKPOINT.matcher(key);
        return matcher.matches()
                ? Optional.of(new CheckpointId(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /** The number in {@code key}, which is {@code prefix}, a number and {@code .json}. */
    static OptionalLong numberIn(String prefix, String key) {
        Matcher matcher = NUMBERED.matcher(key.substring(prefix.length()));
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }
}
