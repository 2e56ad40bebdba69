package dev.vaestream.checkpoint;

/**
 * A line of a listing.
 *
 * @param version the store's name for these very bytes under this key; empty where it gives none
 */
record StoredObject(String key, String version) {}
