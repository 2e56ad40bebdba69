package dev.vaestream.contracts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A place where a kill could hurt. Inert unless the system property {@link #PROPERTY} names a file: a process that then
 * comes to the point that the file names, {@code MANIFEST_PUT.before} for one, deletes the file and ends at once, as
 * after {@code kill -9}. The file can be written while the process runs, and only one process takes it.
 */
public enum CrashPoint {
    /** The state is copied between two steps. */
    SNAPSHOT,
    /** A blob is sent to the checkpoint service. */
    BLOB_PUT,
    /** A stored blob is looked at before a commit relies on it. */
    BLOB_VERIFY,
    /** The trainer asks for the commit. */
    COMMIT_REQUEST,
    /** The manifest is created. */
    MANIFEST_PUT,
    /** The service answers the trainer. */
    COMMIT_ANSWER,
    /** The commit is told of on topic {@code checkpoints}. */
    COMMIT_EVENT,
    /** What retention does not keep is looked for. */
    RETENTION,
    /** The intent to delete a checkpoint is created. */
    RETIRE_INTENT,
    /** A retired manifest is deleted. */
    RETIRE_MANIFEST,
    /** A blob that no manifest needs is deleted. */
    RETIRE_BLOB,
    /** The intent is deleted, since nothing is left of the checkpoint. */
    RETIRE_END,
    /** A step is made. */
    STEP,
    /** A batch is sent to Kafka. */
    BATCH_SEND,
    /** What was sent is committed in Kafka. */
    BATCH_COMMIT,
    /** A run is sent to Kafka. */
    RUN_SEND,
    /** The sampler loads a checkpoint. */
    MODEL_LOAD,
    /** The sampler exchanges its model. */
    MODEL_SWAP;

    /** The system property with the path of the file. */
    public static final String PROPERTY = "vaestream.crash-file";

    private static final int KILLED = 137;
    private static final @Nullable Crash CRASH = armed(System.getProperty(PROPERTY));

    /** Does {@code action}, with a place to crash before it and another behind it. */
    public <T> T around(Supplier<T> action) {
        hit(CRASH, "before");
        T result = action.get();
        hit(CRASH, "after");
        return result;
    }

    /** Does {@code action}, with a place to crash before it and another behind it. */
    public void around(Runnable action) {
        hit(CRASH, "before");
        action.run();
        hit(CRASH, "after");
    }

    void hit(@Nullable Crash crash, String side) {
        if (crash != null && crash.isAt(name() + "." + side)) {
            crash.end().accept(KILLED);
        }
    }

    private static @Nullable Crash armed(@Nullable String file) {
        return file == null ? null : new Crash(Path.of(file), Runtime.getRuntime()::halt);
    }

    /** The file that names a point, and what ends the process there. */
    record Crash(Path file, Consumer<Integer> end) {
        /** Whether the file names {@code point} and nobody else has taken it. */
        boolean isAt(String point) {
            try {
                return Files.exists(file) && Files.readString(file).strip().equals(point) && Files.deleteIfExists(file);
            } catch (IOException e) {
                return false;
            }
        }
    }
}
