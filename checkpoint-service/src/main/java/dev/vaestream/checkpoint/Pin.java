package dev.vaestream.checkpoint;

import java.time.Duration;

/** A reader's hold on a checkpoint, {@code runs/<run>/pins/<reader>.json}, for so long after it was written. */
record Pin(String run, String reader, long step, Duration ttl) {}
