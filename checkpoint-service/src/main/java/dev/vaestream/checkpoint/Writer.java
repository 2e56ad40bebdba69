package dev.vaestream.checkpoint;

import java.time.Instant;

/** Who was granted an epoch: {@code runs/<run>/writers/<epoch>.json}. */
record Writer(String run, long epoch, String holder, Instant grantedAt) {}
