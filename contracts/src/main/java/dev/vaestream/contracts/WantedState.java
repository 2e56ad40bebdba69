package dev.vaestream.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What its owner wants of a run that has not ended. */
public enum WantedState {
    /** To be trained; what nobody says anything of is. */
    @JsonProperty("running")
    RUNNING,
    /** To keep its step until it is wanted running again. */
    @JsonProperty("paused")
    PAUSED,
    /** To end where it is. */
    @JsonProperty("cancelled")
    CANCELLED
}
