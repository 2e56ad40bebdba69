package dev.vaestream.ingest;

import com.google.protobuf.ByteString;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A record as it is in a topic.
 *
 * @param key as text; absent where the record has none
 * @param value absent on a tombstone
 */
record LogRecord(
        int partition,
        long offset,
        @Nullable String key,
        @Nullable ByteString value) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /** The key as a number; -1 where it is none. */
    long number() {
        return key != null && NUMBER.matcher(key).matches() ? Long.parseLong(key) : -1;
    }
}
