package dev.vaestream.trainer;

/**
 * The record that holds the next sequence.
 *
 * @param resumeOffset where a reader of its partition must begin to meet all that comes after this sequence
 */
record Sequenced(Received received, long resumeOffset) {}
