package dev.vaestream.contracts;

/** A topic as it must be made. */
public record TopicDefinition(String name, int partitions, boolean compacted) {}
