package dev.vaestream.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One image that a checkpoint makes, by its digest. Whoever loads the checkpoint on a machine with the run's numeric
 * fingerprint and makes that image gets these bytes, or has not loaded that checkpoint.
 *
 * @param label the image's class
 * @param seed of the sample, whose index is 0
 * @param sha256 of its pixels in row-major order, one byte of grey each, as a sample's picture has them
 */
public record Canary(@JsonProperty("class") int label, long seed, Sha256 sha256) {
    public Canary {
        Checks.atLeast("class", 0, label);
        Checks.between("seed", 0, 0xffffffffL, seed);
    }
}
