package dev.vaestream.local;

import java.time.Instant;

/** A process as it is remembered on disk: a pid alone may come to be another process's. */
record ProcessId(String name, long pid, Instant started) {}
