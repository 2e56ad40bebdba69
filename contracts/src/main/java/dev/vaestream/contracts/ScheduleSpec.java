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
import java.util.Collection;
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
            Map.entry(
                    "joinSchedules",
                    Signature.none().required("schedules", SCHEDULES).required("boundaries", BOUNDARIES))));

    /** Those that can keep to whole numbers. */
    private static final List<String> STAIRS = List.of("piecewiseConstant", "joinSchedules");

    private static final String WHOLE_NUMBER = "a whole number of at least 1";

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
        return node.isNumber()
                ? constant((Double) NOT_NEGATIVE.read(path, node))
                : read(path, node, "a number that is not negative");
    }

    /** @param number what may stand in place of an object, for errors */
    static ScheduleSpec read(String path, JsonNode node, String number) {
        return read(path, node, number, SIGNATURES.keySet());
    }

    /** Only whole numbers of at least 1, as counts of something are. */
    static ScheduleSpec readWholeNumbers(String path, JsonNode node) {
        if (node.isNumber() && !isWholeNumber(node.doubleValue())) {
            throw ArgumentKind.fault(path, node, WHOLE_NUMBER);
        }
        ScheduleSpec spec = node.isNumber() ? constant(node.doubleValue()) : read(path, node, WHOLE_NUMBER, STAIRS);
        spec.requireWholeNumbers(path);
        return spec;
    }

    private static ScheduleSpec read(String path, JsonNode node, String number, Collection<String> fitting) {
        ScheduleSpec spec = new ScheduleSpec(Signature.read(path, node, SIGNATURES, number + ", or ", fitting));
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

    /** Of {@code joinSchedules}. */
    @SuppressWarnings("unchecked")
    public List<ScheduleSpec> schedules() {
        return part.get("schedules", List.class);
    }

    /** Of {@code joinSchedules}: one fewer than its schedules, each more than the one before. */
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

    private void requireWholeNumbers(String path) {
        String here = Signature.below(path, name());
        switch (name()) {
            case CONSTANT -> requireWholeNumber(path, number(Signature.ONLY));
            case "piecewiseConstant" -> {
                double value = number("initValue");
                requireWholeNumber(Signature.below(here, "initValue"), value);
                for (Map.Entry<Integer, Double> scale : scales().entrySet()) {
                    value *= scale.getValue();
                    requireWholeNumber("%s.boundariesAndScales.%d".formatted(here, scale.getKey()), value);
                }
            }
            case "joinSchedules" -> {
                for (int i = 0; i < schedules().size(); i++) {
                    schedules().get(i).requireWholeNumbers("%s.schedules[%d]".formatted(here, i));
                }
            }
            default ->
                throw new SpecFaultException(
                        path,
                        "'%s' has values between whole numbers; it must be %s, or an object with one of %s"
                                .formatted(name(), WHOLE_NUMBER, String.join(", ", STAIRS)));
        }
    }

    private static void requireWholeNumber(String path, double value) {
        if (!isWholeNumber(value)) {
            throw new SpecFaultException(path, "comes to %s; it must be %s".formatted(value, WHOLE_NUMBER));
        }
    }

    private static boolean isWholeNumber(double value) {
        return value >= 1 && value == (int) value;
    }

    private void requireFit(String path) {
        if (name().equals("joinSchedules") && schedules().size() != boundaries().size() + 1) {
            throw new SpecFaultException(
                    Signature.below(path, "joinSchedules.boundaries"),
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
