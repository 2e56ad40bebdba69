package dev.vaestream.vae;

import dev.vaestream.contracts.OptimizerSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The optimizers that the split step can do: Adam with a decay or none, for all parameters or for those that are not
 * frozen.
 *
 * @param rule Adam or AdamW
 * @param state path of its state in the state of the whole optimizer, with a dot at its end where it is not empty
 */
record SplitOptimizer(OptimizerSpec rule, String state) {
    private static final Set<String> ADAMS = Set.of("adam", "adamw");

    static Optional<SplitOptimizer> of(OptimizerSpec spec) {
        return switch (spec.name()) {
            case "chain" -> ofChain(spec.links());
            case "multiTransform" -> ofGroups(spec.transforms());
            default -> isAdam(spec) ? Optional.of(new SplitOptimizer(spec, "")) : Optional.empty();
        };
    }

    private static Optional<SplitOptimizer> ofChain(List<OptimizerSpec> links) {
        boolean freezing =
                links.size() == 2 && isAdam(links.get(0)) && links.get(1).name().equals("freeze");
        return freezing ? Optional.of(new SplitOptimizer(links.get(0), "0.")) : Optional.empty();
    }

    private static Optional<SplitOptimizer> ofGroups(Map<String, OptimizerSpec> groups) {
        List<Map.Entry<String, OptimizerSpec>> training = groups.entrySet().stream()
                .filter(group -> !group.getValue().name().equals("setToZero"))
                .toList();
        return training.size() == 1 && isAdam(training.get(0).getValue())
                ? Optional.of(new SplitOptimizer(
                        training.get(0).getValue(),
                        "inner_states." + training.get(0).getKey() + ".inner_state."))
                : Optional.empty();
    }

    /** A mask would leave some parameters without decay, which the kernel has for all. */
    private static boolean isAdam(OptimizerSpec spec) {
        return ADAMS.contains(spec.name())
                && (spec.name().equals("adam") || spec.patterns("mask").isEmpty());
    }
}
