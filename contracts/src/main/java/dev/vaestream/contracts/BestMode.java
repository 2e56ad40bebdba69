package dev.vaestream.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which of two values of a metric is the better one. */
public enum BestMode {
    @JsonProperty("min")
    MIN,
    @JsonProperty("max")
    MAX
}
