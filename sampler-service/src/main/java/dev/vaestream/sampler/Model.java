package dev.vaestream.sampler;

import java.time.Instant;

/** A checkpoint that is ready to make images. */
record Model(Checkpoint checkpoint, ImageDecoder decoder, Instant loadedAt) {}
