package dev.vaestream.trainer;

import org.jspecify.annotations.Nullable;

/**
 * A record of a stream's topic as it was read: its place in the log, and its bytes; no value is an empty one. Nobody
 * compares records or keeps their bytes, so they are not copied.
 */
@SuppressWarnings("ArrayRecordComponent")
record StreamRecord(int partition, long offset, @Nullable String key, byte[] value) {}
