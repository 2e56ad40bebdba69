package dev.vaestream.ingest;

/**
 * The answer to a batch from outside: Kafka has it.
 *
 * @param partition of the stream's topic
 * @param offset in that partition
 * @param duplicate whether it was there before
 */
record BatchReceipt(String stream, long sequence, int partition, long offset, boolean duplicate) {}
