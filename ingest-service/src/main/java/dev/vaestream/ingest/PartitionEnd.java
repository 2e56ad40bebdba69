package dev.vaestream.ingest;

import org.jspecify.annotations.Nullable;

/**
 * Where a partition ends.
 *
 * @param beginning offset of its first record
 * @param end offset that its next record will have
 * @param last its last record; absent where it is empty
 */
record PartitionEnd(long beginning, long end, @Nullable LogRecord last) {}
