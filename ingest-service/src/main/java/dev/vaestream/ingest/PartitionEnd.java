package dev.vaestream.ingest;

import org.jspecify.annotations.Nullable;

/**
 * Where a partition ends.
 *
 * @param beginning its lowest offset
 * @param end the offset after its last committed one; not every offset before it holds a record
 * @param last its last committed record; absent where there is none
 */
record PartitionEnd(long beginning, long end, @Nullable LogRecord last) {}
