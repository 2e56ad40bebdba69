package dev.vaestream.checkpoint;

import java.time.Instant;

/**
 * A line of a listing.
 *
 * @param version the store's name for these very bytes under this key; empty where it gives none
 * @param modifiedAt when it was written, by the store's clock
 */
record StoredObject(String key, String version, Instant modifiedAt) {}
