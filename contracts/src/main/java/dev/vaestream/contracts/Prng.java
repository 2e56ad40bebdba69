package dev.vaestream.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How threefry turns a key into many: JAX's default before 0.5.0, or its default since. */
public enum Prng {
    @JsonProperty("legacy")
    LEGACY,
    @JsonProperty("partitionable")
    PARTITIONABLE
}
