package dev.vaestream.learning.random;

/** Two keys from one, as in {@code key, subkey = split(key)}. */
public record Split(PrngKey first, PrngKey second) {}
