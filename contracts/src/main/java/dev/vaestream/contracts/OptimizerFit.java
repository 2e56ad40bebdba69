package dev.vaestream.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether the patterns in an optimizer, and others, mean parameters that there are. */
final class OptimizerFit {
    private static final List<String> MASKS = List.of("mask", "weightDecayMask", "trustRatioMask");

    private final List<String> parameters;

    OptimizerFit(ModelSpec model) {
        this(model.parameterPaths());
    }

    private OptimizerFit(List<String> parameters) {
        this.parameters = parameters;
    }

    /** @throws SpecFaultException naming the pattern or label that means no parameter, or a parameter without a label */
    void require(String path, OptimizerSpec spec) {
        String here = Signature.below(path, spec.name());
        MASKS.forEach(mask ->
                spec.patterns(mask).ifPresent(patterns -> requireMeant(Signature.below(here, mask), patterns)));
        switch (spec.name()) {
            case "chain" -> requireLinks(here, spec.links());
            case "namedChain" -> requireNamedLinks(here, spec.namedLinks());
            case "freeze" -> requireMeant(here, spec.patterns());
            case "multiSteps", "applyIfFinite" -> require(Signature.below(here, "inner"), spec.inner());
            case "masked" -> {
                List<String> mask = spec.patterns("mask").orElseThrow();
                List<String> masked =
                        parameters.stream().filter(PathPattern.anyOf(mask)).toList();
                new OptimizerFit(masked).require(Signature.below(here, "inner"), spec.inner());
            }
            case "multiTransform" -> requireGroups(here, spec);
            default -> {
                // It has no parts.
            }
        }
    }

    private void requireLinks(String here, List<OptimizerSpec> links) {
        for (int i = 0; i < links.size(); i++) {
            require("%s[%d]".formatted(here, i), links.get(i));
        }
    }

    private void requireNamedLinks(String here, List<Map.Entry<String, OptimizerSpec>> links) {
        for (int i = 0; i < links.size(); i++) {
            Map.Entry<String, OptimizerSpec> link = links.get(i);
            require("%s[%d].%s".formatted(here, i, link.getKey()), link.getValue());
        }
    }

    private void requireGroups(String here, OptimizerSpec spec) {
        String labels = Signature.below(here, "labels");
        spec.labels().forEach((label, patterns) -> requireMeant(Signature.below(labels, label), patterns));
        Map<String, List<String>> groups = new TreeMap<>();
        for (String parameter : parameters) {
            String label = spec.label(parameter)
                    .orElseThrow(() -> new SpecFaultException(
                            labels, "leave out '%s'; the pattern ** takes all".formatted(parameter)));
            groups.computeIfAbsent(label, none -> new ArrayList<>()).add(parameter);
        }
        spec.transforms().forEach((label, transform) -> {
            if (!groups.containsKey(label)) {
                throw new SpecFaultException(
                        Signature.below(labels, label),
                        "gets no parameter; the first label in alphabetical order has it, and all are taken by "
                                + String.join(", ", groups.keySet()));
            }
            new OptimizerFit(groups.get(label)).require(here + ".transforms." + label, transform);
        });
    }

    /** @throws SpecFaultException naming the pattern that means no parameter */
    void requireMeant(String path, List<String> patterns) {
        for (int i = 0; i < patterns.size(); i++) {
            String pattern = patterns.get(i);
            if (parameters.stream().noneMatch(PathPattern.of(pattern)::matches)) {
                throw new SpecFaultException(
                        "%s[%d]".formatted(path, i),
                        "is '%s'; no parameter has such a path, there are %s"
                                .formatted(pattern, String.join(", ", parameters)));
            }
        }
    }
}
