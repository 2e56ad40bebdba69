package dev.vaestream.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint that a run's first parameters come from, as in fine-tuning. Parameters that it does not give are drawn from
 * the seed as ever, and the optimizer starts anew.
 *
 * @param run another run
 * @param step of the checkpoint
 * @param params {@link PathPattern}s of the parameters that come from it; all where left out in JSON
 */
public record InitializeFrom(String run, long step, List<String> params) {
    private static final List<String> ALL = List.of("**");

    public InitializeFrom {
        Checks.name("run", run);
        Checks.atLeast("step", 0, step);
        params = List.copyOf(params);
        Checks.check(!params.isEmpty(), "params is empty; leave it out to take all parameters");
        for (int i = 0; i < params.size(); i++) {
            Checks.pattern("params[%d]".formatted(i), params.get(i));
        }
    }

    @JsonCreator
    static InitializeFrom of(
            @JsonProperty(value = "run", required = true) String run,
            @JsonProperty(value = "step", required = true) Long step,
            @JsonProperty("params") @Nullable List<String> params) {
        return new InitializeFrom(run, step, params == null ? ALL : params);
    }

    /** Whether a parameter comes from the checkpoint. */
    public boolean takes(String path) {
        return PathPattern.anyOf(params).test(path);
    }
}
