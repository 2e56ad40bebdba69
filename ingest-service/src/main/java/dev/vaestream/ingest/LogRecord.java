package dev.vaestream.ingest;

import com.google.protobuf.ByteString;
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
        @Nullable ByteString value) {}
