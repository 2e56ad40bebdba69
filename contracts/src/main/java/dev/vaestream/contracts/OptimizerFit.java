package dev.vaestream.contracts;

import java.util.List;

/** Whether the patterns in an optimizer, and others, mean parameters that the model has. */
final class OptimizerFit {
    private static final List<String> MASKS = List.of("mask", "weightDecayMask", "trustRatioMask");

    private final List<String> parameters;

    OptimizerFit(ModelSpec model) {
        this.parameters = model.parameterPaths();
    }

    /** @throws SpecFaultException naming the pattern that means no parameter, or a parameter without a label */
    void require(String path, OptimizerSpec spec) {
        String here = Signature.below(path, spec.name());
        MASKS.forEach(mask ->
                spec.patterns(mask).ifPresent(patterns -> requireMeant(Signature.below(here, mask), patterns)));
        switch (spec.name()) {
            case "chain" -> requireLinks(here, spec.links());
            case "freeze" -> requireMeant(here, spec.patterns());
            case "masked", "multiSteps", "applyIfFinite" -> require(Signature.below(here, "inner"), spec.inner());
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

    private void requireGroups(String here, OptimizerSpec spec) {
        spec.transforms()
                .forEach((label, transform) ->
                        require(Signature.below(Signature.below(here, "transforms"), label), transform));
        String labels = Signature.below(here, "labels");
        spec.labels().forEach((label, patterns) -> requireMeant(Signature.below(labels, label), patterns));
        for (String parameter : parameters) {
            if (spec.labels().values().stream().flatMap(List::stream).noneMatch(each -> means(each, parameter))) {
                throw new SpecFaultException(labels, "leave out '%s'; the pattern ** takes all".formatted(parameter));
            }
        }
    }

    void requireMeant(String path, List<String> patterns) {
        for (int i = 0; i < patterns.size(); i++) {
            String pattern = patterns.get(i);
            if (parameters.stream().noneMatch(parameter -> means(pattern, parameter))) {
                throw new SpecFaultException(
                        "%s[%d]".formatted(path, i),
                        "is '%s'; no parameter has such a path, there are %s"
                                .formatted(pattern, String.join(", ", parameters)));
            }
        }
    }

    private static boolean means(String pattern, String parameter) {
        return PathPattern.of(pattern).matches(parameter);
    }
}
