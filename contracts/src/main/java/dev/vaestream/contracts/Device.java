package dev.vaestream.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a run's steps are computed. */
public enum Device {
    /** On the processor, also where there is a GPU. */
    @JsonProperty("cpu")
    CPU,
    /** On a GPU; a trainer without one waits for one. */
    @JsonProperty("gpu")
    GPU
}
