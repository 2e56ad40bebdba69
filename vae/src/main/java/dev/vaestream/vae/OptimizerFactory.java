package dev.vaestream.vae;

import dev.vaestream.contracts.OptimizerSpec;
import dev.vaestream.contracts.PathPattern;
import dev.vaestream.contracts.ScheduleSpec;
import dev.vaestream.learning.optim.GradientTransformation;
import dev.vaestream.learning.optim.Optimizers;
import dev.vaestream.learning.optim.Transforms;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** From a run spec's optimizer to the transformation. */
final class OptimizerFactory {
    private OptimizerFactory() {}

    static GradientTransformation create(OptimizerSpec spec) {
        return switch (spec.name()) {
            case "adamw" ->
                Optimizers.adamw(rate(spec), spec.number("b1"), spec.number("b2"), spec.number("eps"), decay(spec));
            case "adam" -> Optimizers.adam(rate(spec), spec.number("b1"), spec.number("b2"), spec.number("eps"));
            case "nadam" -> Optimizers.nadam(rate(spec), spec.number("b1"), spec.number("b2"), spec.number("eps"));
            case "amsgrad" -> Optimizers.amsgrad(rate(spec), spec.number("b1"), spec.number("b2"), spec.number("eps"));
            case "adamax" -> Optimizers.adamax(rate(spec), spec.number("b1"), spec.number("b2"), spec.number("eps"));
            case "radam" -> Optimizers.radam(rate(spec), spec.number("b1"), spec.number("b2"), spec.number("eps"));
            case "adabelief" ->
                Optimizers.adabelief(
                        rate(spec), spec.number("b1"), spec.number("b2"), spec.number("eps"), spec.number("epsRoot"));
            case "lamb" ->
                Optimizers.lamb(
                        rate(spec),
                        spec.number("b1"),
                        spec.number("b2"),
                        spec.number("eps"),
                        spec.number("weightDecay"));
            case "lion" ->
                Optimizers.lion(rate(spec), spec.number("b1"), spec.number("b2"), spec.number("weightDecay"));
            case "sgd" ->
                spec.number("momentum") == 0
                        ? Optimizers.sgd(rate(spec))
                        : Optimizers.sgd(rate(spec), spec.number("momentum"), spec.flag("nesterov"));
            case "rmsprop" -> rmsprop(spec);
            case "adagrad" ->
                Optimizers.adagrad(rate(spec), spec.number("initialAccumulatorValue"), spec.number("eps"));
            case "lars" ->
                Optimizers.lars(
                        rate(spec),
                        spec.number("weightDecay"),
                        mask(spec.patterns("weightDecayMask")),
                        spec.number("trustCoefficient"),
                        mask(spec.patterns("trustRatioMask")),
                        spec.number("momentum"));
            default -> transform(spec);
        };
    }

    private static GradientTransformation transform(OptimizerSpec spec) {
        return switch (spec.name()) {
            case "chain" ->
                Transforms.chain(
                        spec.links().stream().map(OptimizerFactory::create).toArray(GradientTransformation[]::new));
            case "namedChain" ->
                Transforms.namedChain(spec.namedLinks().stream()
                        .map(link -> Map.entry(link.getKey(), create(link.getValue())))
                        .toList());
            case "clip" -> Transforms.clip(spec.number());
            case "clipByGlobalNorm" -> Transforms.clipByGlobalNorm(spec.number());
            case "clipByBlockRms" -> Transforms.clipByBlockRms(spec.number());
            case "centralize" -> Transforms.centralize();
            case "scale" -> Transforms.scale(spec.number());
            case "scaleByTrustRatio" -> Transforms.scaleByTrustRatio(spec.number("trustCoefficient"));
            case "trace" -> Transforms.trace(spec.number("decay"), spec.flag("nesterov"));
            case "ema" -> Transforms.ema(spec.number("decay"), spec.flag("debias"));
            case "addDecayedWeights" -> decay(spec);
            case "setToZero" -> Transforms.setToZero();
            case "freeze" -> Transforms.freeze(mask(Optional.of(spec.patterns())));
            case "masked" -> Transforms.masked(create(spec.inner()), mask(spec.patterns("mask")));
            case "multiTransform" -> multiTransform(spec);
            case "multiSteps" ->
                Transforms.multiSteps(create(spec.inner()), ScheduleFactory.create(spec.schedule("everyK")));
            case "applyIfFinite" -> Transforms.applyIfFinite(create(spec.inner()), spec.count("maxConsecutiveErrors"));
            default -> throw new IllegalArgumentException("there is no optimizer '" + spec.name() + "'");
        };
    }

    private static GradientTransformation rate(OptimizerSpec spec) {
        ScheduleSpec rate = spec.schedule("learningRate");
        return rate.constant()
                .map(Transforms::scaleByLearningRate)
                .orElseGet(() -> Transforms.scaleByLearningRate(ScheduleFactory.create(rate)));
    }

    private static GradientTransformation decay(OptimizerSpec spec) {
        double weightDecay = spec.number("weightDecay");
        Optional<List<String>> patterns = spec.patterns("mask");
        return patterns.isEmpty()
                ? Transforms.addDecayedWeights(weightDecay)
                : Transforms.addDecayedWeights(weightDecay, mask(patterns));
    }

    private static GradientTransformation rmsprop(OptimizerSpec spec) {
        return spec.number("momentum") == 0
                ? Optimizers.rmsprop(rate(spec), spec.number("decay"), spec.number("eps"))
                : Optimizers.rmsprop(
                        rate(spec),
                        spec.number("decay"),
                        spec.number("eps"),
                        spec.number("momentum"),
                        spec.flag("nesterov"));
    }

    private static GradientTransformation multiTransform(OptimizerSpec spec) {
        Map<String, GradientTransformation> transforms = new HashMap<>();
        spec.transforms().forEach((label, transform) -> transforms.put(label, create(transform)));
        return Transforms.multiTransform(transforms, path -> spec.label(path).orElse("none"));
    }

    /** All parameters where there is no mask. */
    private static Predicate<String> mask(Optional<List<String>> patterns) {
        return patterns.map(PathPattern::anyOf).orElse(path -> true);
    }
}
