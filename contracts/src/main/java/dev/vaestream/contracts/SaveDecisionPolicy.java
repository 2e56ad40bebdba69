package dev.vaestream.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.OptionalLong;

/**
 * Says whether a step is saved, as Orbax's {@code SaveDecisionPolicy}: {@code {"anyOf": [{"fixedInterval": 500},
 * {"specificSteps": [10, 100]}]}}. All depend on the step alone and never on a clock, so that a run's checkpoints are a
 * function of its spec too.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
    @JsonSubTypes.Type(value = SaveDecisionPolicy.FixedInterval.class, name = "fixedInterval"),
    @JsonSubTypes.Type(value = SaveDecisionPolicy.SpecificSteps.class, name = "specificSteps"),
    @JsonSubTypes.Type(value = SaveDecisionPolicy.InitialSave.class, name = "initialSave"),
    @JsonSubTypes.Type(value = SaveDecisionPolicy.Preemption.class, name = "preemption"),
    @JsonSubTypes.Type(value = SaveDecisionPolicy.AnyOf.class, name = "anyOf")
})
public sealed interface SaveDecisionPolicy {
    /**
     * Whether {@code step} is saved.
     *
     * @param latest the newest checkpoint's step; empty before the first
     * @param preempted whether the trainer is to stop after this step
     */
    boolean shouldSave(long step, OptionalLong latest, boolean preempted);

    /** Every step that {@code interval} divides. */
    record FixedInterval(@JsonValue long interval) implements SaveDecisionPolicy {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public FixedInterval {
            Checks.atLeast("interval", 1, interval);
        }

        @Override
        public boolean shouldSave(long step, OptionalLong latest, boolean preempted) {
            return step % interval == 0;
        }
    }

    /** The steps named. */
    record SpecificSteps(@JsonValue List<Long> steps) implements SaveDecisionPolicy {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public SpecificSteps {
            steps = Checks.steps(steps);
        }

        @Override
        public boolean shouldSave(long step, OptionalLong latest, boolean preempted) {
            return steps.contains(step);
        }
    }

    /** The first step that it is asked about, whichever that is. */
    record InitialSave() implements SaveDecisionPolicy {
        @Override
        public boolean shouldSave(long step, OptionalLong latest, boolean preempted) {
            return latest.isEmpty();
        }
    }

    /** The step after which the trainer has to stop. */
    record Preemption() implements SaveDecisionPolicy {
        @Override
        public boolean shouldSave(long step, OptionalLong latest, boolean preempted) {
            return preempted;
        }
    }

    /** What any of {@code policies} saves. */
    record AnyOf(@JsonValue List<SaveDecisionPolicy> policies) implements SaveDecisionPolicy {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public AnyOf {
            policies = List.copyOf(policies);
            Checks.check(!policies.isEmpty(), "anyOf is empty; name at least one policy");
        }

        @Override
        public boolean shouldSave(long step, OptionalLong latest, boolean preempted) {
            return policies.stream().anyMatch(policy -> policy.shouldSave(step, latest, preempted));
        }
    }
}
