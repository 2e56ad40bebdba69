package dev.vaestream.sampler;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a part of the pipeline is.
 *
 * @param problems what is wrong, where something is
 */
record Condition(State state, List<String> problems) {
    static final Condition UP = new Condition(State.UP, List.of());

    Condition {
        problems = List.copyOf(problems);
    }

    static Condition down(String problem) {
        return new Condition(State.DOWN, List.of(problem));
    }

    /** With more that is wrong; what is up is then troubled. */
    Condition and(List<String> more) {
        return more.isEmpty()
                ? this
                : new Condition(
                        state == State.UP ? State.TROUBLED : state,
                        Stream.concat(problems.stream(), more.stream()).toList());
    }

    /** Whether it does its work. */
    enum State {
        @JsonProperty("up")
        UP,
        @JsonProperty("troubled")
        TROUBLED,
        @JsonProperty("down")
        DOWN
    }
}
