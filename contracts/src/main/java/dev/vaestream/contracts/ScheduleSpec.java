package dev.vaestream.contracts;

import static dev.vaestream.contracts.ArgumentKind.BOUNDARIES;
import static dev.vaestream.contracts.ArgumentKind.COUNT;
import static dev.vaestream.contracts.ArgumentKind.FLAG;
import static dev.vaestream.contracts.ArgumentKind.NOT_NEGATIVE;
import static dev.vaestream.contracts.ArgumentKind.POSITIVE;
import static dev.vaestream.contracts.ArgumentKind.SCALES;
import static dev.vaestream.contracts.ArgumentKind.SCHEDULES;
import static dev.vaestream.contracts.ArgumentKind.STEPS;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A value for each count of updates, by its Optax name, as {@code {"warmupCosineDecay": {"initValue": 0, "peakValue":
 * 0.001, "warmupSteps": 500, "decaySteps": 37500}}}. A number is the same value for ever.
 */
public final class ScheduleSpec {
    private static final String CONSTANT = "constant";

    private static final Map<String, Signature> SIGNATURES = Signature.table(List.of(
            Map.entry(
                    "linear",
                    Signature.none()
                            .required("initValue", NOT_NEGATIVE)
                            .required("endValue", NOT_NEGATIVE)
                            .required("transitionSteps", STEPS)),
            Map.entry(
                    "polynomial",
                    Signature.none()
                            .required("initValue", NOT_NEGATIVE)
                            .required("endValue", NOT_NEGATIVE)
                            .required("power", POSITIVE)
                            .required("transitionSteps", STEPS)
                            .with("transitionBegin", COUNT, 0)),
            Map.entry(
                    "piecewiseConstant",
                    Signature.none().required("initValue", NOT_NEGATIVE).required("boundariesAndScales", SCALES)),
            Map.entry(
                    "exponentialDecay",
                    Signature.none()
                            .required("initValue", NOT_NEGATIVE)
                            .required("transitionSteps", STEPS)
                            .required("decayRate", POSITIVE)
                            .with("transitionBegin", COUNT, 0)
                            .with("staircase", FLAG, false)
                            .optional("endValue", NOT_NEGATIVE)),
            Map.entry(
                    "cosineDecay",
                    Signature.none()
                            .required("initValue", NOT_NEGATIVE)
                            .required("decaySteps", STEPS)
                            .with("alpha", NOT_NEGATIVE, 0.0)
                            .with("exponent", POSITIVE, 1.0)),
            Map.entry(
                    "warmupCosineDecay",
                    Signature.none()
                            .required("initValue", NOT_NEGATIVE)
                            .required("peakValue", NOT_NEGATIVE)
                            .required("warmupSteps", STEPS)
                            .required("decaySteps", STEPS)
                            .with("endValue", NOT_NEGATIVE, 0.0)),
            Map.entry(
                    "warmupExponentialDecay",
                    Signature.none()
                            .required("initValue", NOT_NEGATIVE)
                            .required("peakValue", NOT_NEGATIVE)
                            .required("warmupSteps", STEPS)
                            .required("transitionSteps", STEPS)
                            .required("decayRate", POSITIVE)),
            Map.entry("join", Signature.none().required("schedules", SCHEDULES).required("boundaries", BOUNDARIES))));

    private final Part part;

    private ScheduleSpec(Part part) {
        this.part = part;
    }

    /** The same value for ever. */
    public static ScheduleSpec constant(double value) {
        Checks.notNegative("value", value);
        return new ScheduleSpec(new Part(CONSTANT, new TreeMap<>(Map.of(Signature.ONLY, value))));
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ScheduleSpec of(JsonNode node) {
        return read("", node);
    }

    static ScheduleSpec read(String path, JsonNode node) {
        if (node.isNumber()) {
            return constant((Double) NOT_NEGATIVE.read(path, node));
        }
        ScheduleSpec spec = new ScheduleSpec(Signature.read(path, node, SIGNATURES));
        spec.requireFit(path);
        return spec;
    }

    /** Optax's name in camel case, or {@code constant}. */
    public String name() {
        return part.name();
    }

    /** The value, where it is always the same. */
    public Optional<Double> constant() {
        return part.name().equals(CONSTANT) ? Optional.of(number(Signature.ONLY)) : Optional.empty();
    }

    public double number(String argument) {
        return part.get(argument, Double.class);
    }

    public Optional<Double> findNumber(String argument) {
        return part.find(argument).map(Double.class::cast);
    }

    public int steps(String argument) {
        return part.get(argument, Integer.class);
    }

    public boolean flag(String argument) {
        return part.get(argument, Boolean.class);
    }

    /** Scales by the count from which they hold. */
    @SuppressWarnings("unchecked")
    public SortedMap<Integer, Double> scales() {
        return part.get("boundariesAndScales", SortedMap.class);
    }

    /** Of a join. */
    @SuppressWarnings("unchecked")
    public List<ScheduleSpec> schedules() {
        return part.get("schedules", List.class);
    }

    /** Of a join, one fewer than its schedules. */
    @SuppressWarnings("unchecked")
    public List<Integer> boundaries() {
        return part.get("boundaries", List.class);
    }

    @JsonValue
    Object json() {
        return constant().<Object>map(value -> value).orElseGet(part::json);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScheduleSpec schedule && part.equals(schedule.part);
    }

    @Override
    public int hashCode() {
        return part.hashCode();
    }

    @Override
    public String toString() {
        return constant().map(String::valueOf).orElseGet(part::toString);
    }

    private void requireFit(String path) {
        if (name().equals("join") && schedules().size() != boundaries().size() + 1) {
            throw new SpecFaultException(
                    Signature.below(path, "join.boundaries"),
                    "has %d numbers; between %d schedules there must be %d"
                            .formatted(
                                    boundaries().size(),
                                    schedules().size(),
                                    schedules().size() - 1));
        }
        if (name().equals("warmupCosineDecay") && steps("decaySteps") <= steps("warmupSteps")) {
            throw new SpecFaultException(
                    Signature.below(path, "warmupCosineDecay.decaySteps"),
                    "is %d; it counts the %d steps of the warm-up too, and must be more"
                            .formatted(steps("decaySteps"), steps("warmupSteps")));
        }
    }
}
