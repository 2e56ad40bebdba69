package dev.vaestream.contracts;

import static dev.vaestream.contracts.ArgumentKind.COUNT;
import static dev.vaestream.contracts.ArgumentKind.DECAY_RATE;
import static dev.vaestream.contracts.ArgumentKind.FLAG;
import static dev.vaestream.contracts.ArgumentKind.GROUPS;
import static dev.vaestream.contracts.ArgumentKind.LABELS;
import static dev.vaestream.contracts.ArgumentKind.LEARNING_RATE;
import static dev.vaestream.contracts.ArgumentKind.NAMED_TRANSFORMATIONS;
import static dev.vaestream.contracts.ArgumentKind.NOT_NEGATIVE;
import static dev.vaestream.contracts.ArgumentKind.NUMBER;
import static dev.vaestream.contracts.ArgumentKind.PATTERNS;
import static dev.vaestream.contracts.ArgumentKind.POSITIVE;
import static dev.vaestream.contracts.ArgumentKind.TRANSFORMATION;
import static dev.vaestream.contracts.ArgumentKind.TRANSFORMATIONS;
import static dev.vaestream.contracts.ArgumentKind.WHOLE_NUMBERS;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A gradient transformation by its Optax name, as {@code {"adamw": {"learningRate": 1e-4}}}, or a tree of them, as {@code
 * {"chain": [{"clipByGlobalNorm": 1}, {"adam": {"learningRate": 1e-3}}]}}. What is left out has Optax's default.
 *
 * <p>{@code {"namedChain": [{"first": {"clip": 1}}, {"second": {"adam": {}}}]}} is a chain whose links have names in the
 * optimizer's state. Learning rates may be schedules. Masks and labels are lists of {@link PathPattern}s; a mask names the parameters
 * that take part. {@code {"freeze": ["params.decoder.**"]}} at the end of a chain keeps parameters as they are.
 */
public final class OptimizerSpec {
    private static final Map<String, Signature> SIGNATURES = Signature.table(List.of(
            Map.entry(
                    "adamw", adam(1e-8).with("weightDecay", NOT_NEGATIVE, 1e-4).optional("mask", PATTERNS)),
            Map.entry("adam", adam(1e-8)),
            Map.entry("nadam", adam(1e-8)),
            Map.entry("amsgrad", adam(1e-8)),
            Map.entry("adamax", adam(1e-8)),
            Map.entry("radam", adam(1e-8)),
            Map.entry("adabelief", adam(1e-16).with("epsRoot", NOT_NEGATIVE, 1e-16)),
            Map.entry("lamb", adam(1e-6).with("weightDecay", NOT_NEGATIVE, 0.0)),
            Map.entry(
                    "lion",
                    rate().with("b1", DECAY_RATE, 0.9)
                            .with("b2", DECAY_RATE, 0.99)
                            .with("weightDecay", NOT_NEGATIVE, 1e-3)),
            Map.entry("sgd", rate().with("momentum", DECAY_RATE, 0.0).with("nesterov", FLAG, false)),
            Map.entry(
                    "rmsprop",
                    rate().with("decay", DECAY_RATE, 0.9)
                            .with("eps", POSITIVE, 1e-8)
                            .with("momentum", DECAY_RATE, 0.0)
                            .with("nesterov", FLAG, false)),
            Map.entry(
                    "adagrad",
                    rate().with("initialAccumulatorValue", NOT_NEGATIVE, 0.1).with("eps", POSITIVE, 1e-7)),
            Map.entry(
                    "lars",
                    rate().with("weightDecay", NOT_NEGATIVE, 0.0)
                            .with("trustCoefficient", POSITIVE, 1e-3)
                            .with("momentum", DECAY_RATE, 0.9)
                            .optional("weightDecayMask", PATTERNS)
                            .optional("trustRatioMask", PATTERNS)),
            Map.entry("chain", Signature.only(TRANSFORMATIONS)),
            Map.entry("namedChain", Signature.only(NAMED_TRANSFORMATIONS)),
            Map.entry("clip", Signature.only(POSITIVE)),
            Map.entry("clipByGlobalNorm", Signature.only(POSITIVE)),
            Map.entry("clipByBlockRms", Signature.only(POSITIVE)),
            Map.entry("centralize", Signature.none()),
            Map.entry("scale", Signature.only(NUMBER)),
            Map.entry("scaleByTrustRatio", Signature.none().with("trustCoefficient", POSITIVE, 1.0)),
            Map.entry("trace", Signature.none().required("decay", DECAY_RATE).with("nesterov", FLAG, false)),
            Map.entry("ema", Signature.none().required("decay", DECAY_RATE).with("debias", FLAG, true)),
            Map.entry(
                    "addDecayedWeights",
                    Signature.none().required("weightDecay", NOT_NEGATIVE).optional("mask", PATTERNS)),
            Map.entry("setToZero", Signature.none()),
            Map.entry("freeze", Signature.only(PATTERNS)),
            Map.entry(
                    "masked", Signature.none().required("inner", TRANSFORMATION).required("mask", PATTERNS)),
            Map.entry(
                    "multiTransform",
                    Signature.none().required("transforms", GROUPS).required("labels", LABELS)),
            Map.entry(
                    "multiSteps",
                    Signature.none().required("inner", TRANSFORMATION).required("everyK", WHOLE_NUMBERS)),
            Map.entry(
                    "applyIfFinite",
                    Signature.none().required("inner", TRANSFORMATION).required("maxConsecutiveErrors", COUNT))));

    /** The tutorial's {@code optax.adamw(learning_rate=1e-4)}. */
    public static final OptimizerSpec DEFAULT = adamw(1e-4, 0.9, 0.999, 1e-8, 1e-4);

    private final Part part;

    private OptimizerSpec(Part part) {
        this.part = part;
    }

    /** {@code optax.adamw} with a constant learning rate and a decay on every parameter. */
    public static OptimizerSpec adamw(double learningRate, double b1, double b2, double eps, double weightDecay) {
        Checks.positive("learningRate", learningRate);
        Checks.decayRate("b1", b1);
        Checks.decayRate("b2", b2);
        Checks.positive("eps", eps);
        Checks.notNegative("weightDecay", weightDecay);
        return new OptimizerSpec(new Part(
                "adamw",
                new TreeMap<>(Map.of(
                        "learningRate", ScheduleSpec.constant(learningRate),
                        "b1", b1,
                        "b2", b2,
                        "eps", eps,
                        "weightDecay", weightDecay))));
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static OptimizerSpec of(JsonNode node) {
        return read("", node);
    }

    static OptimizerSpec read(String path, JsonNode node) {
        OptimizerSpec spec = new OptimizerSpec(Signature.read(path, node, SIGNATURES));
        if (spec.name().equals("multiTransform")) {
            requireSame(
                    path,
                    "labels",
                    "transformation",
                    spec.labels().keySet(),
                    spec.transforms().keySet());
            requireSame(
                    path,
                    "transforms",
                    "label",
                    spec.transforms().keySet(),
                    spec.labels().keySet());
        }
        return spec;
    }

    /** Optax's name in camel case. */
    public String name() {
        return part.name();
    }

    /** The argument of {@code clip} and others that take one alone. */
    public double number() {
        return number(Signature.ONLY);
    }

    public double number(String argument) {
        return part.get(argument, Double.class);
    }

    public int count(String argument) {
        return part.get(argument, Integer.class);
    }

    public boolean flag(String argument) {
        return part.get(argument, Boolean.class);
    }

    public ScheduleSpec schedule(String argument) {
        return part.get(argument, ScheduleSpec.class);
    }

    /** The parameters in a mask, by {@link PathPattern}; empty where there is no mask. */
    public Optional<List<String>> patterns(String argument) {
        return part.find(argument).map(OptimizerSpec::strings);
    }

    /** Of {@code freeze}. */
    public List<String> patterns() {
        return strings(part.get(Signature.ONLY, List.class));
    }

    public OptimizerSpec inner() {
        return part.get("inner", OptimizerSpec.class);
    }

    /** Of a chain. */
    @SuppressWarnings("unchecked")
    public List<OptimizerSpec> links() {
        return part.get(Signature.ONLY, List.class);
    }

    /** Of a named chain, in its order. */
    @SuppressWarnings("unchecked")
    public List<Map.Entry<String, OptimizerSpec>> namedLinks() {
        return part.get(Signature.ONLY, List.class);
    }

    /** Of {@code multiTransform}: transformations by their label. */
    @SuppressWarnings("unchecked")
    public SortedMap<String, OptimizerSpec> transforms() {
        return part.get("transforms", SortedMap.class);
    }

    /** Of {@code multiTransform}: the patterns of each label; a parameter has the first, in alphabetical order, that fits. */
    @SuppressWarnings("unchecked")
    public SortedMap<String, List<String>> labels() {
        return part.get("labels", SortedMap.class);
    }

    /** Of {@code multiTransform}: the label of a parameter; empty where no pattern fits. */
    public Optional<String> label(String parameter) {
        return labels().entrySet().stream()
                .filter(label -> PathPattern.anyOf(label.getValue()).test(parameter))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    @JsonValue
    Map<String, Object> json() {
        return part.json();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OptimizerSpec optimizer && part.equals(optimizer.part);
    }

    @Override
    public int hashCode() {
        return part.hashCode();
    }

    /** Short, for people: {@code adamw(1.0E-4)}. */
    @Override
    public String toString() {
        return part.toString();
    }

    private static void requireSame(String path, String argument, String other, Set<String> these, Set<String> those) {
        these.stream().filter(name -> !those.contains(name)).findFirst().ifPresent(name -> {
            throw new SpecFaultException(
                    Signature.below(path, "multiTransform.%s.%s".formatted(argument, name)),
                    "has no %s; there are some for %s".formatted(other, those));
        });
    }

    private static Signature rate() {
        return Signature.none().with("learningRate", LEARNING_RATE, ScheduleSpec.constant(1e-4));
    }

    private static Signature adam(double eps) {
        return rate().with("b1", DECAY_RATE, 0.9).with("b2", DECAY_RATE, 0.999).with("eps", POSITIVE, eps);
    }

    @SuppressWarnings("unchecked")
    private static List<String> strings(Object list) {
        return (List<String>) list;
    }
}
