package dev.vaestream.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.DoubleConsumer;

/** What an argument may be, and how it is read. */
enum ArgumentKind {
    /** {@link Double}, as the next three. */
    NUMBER,
    POSITIVE,
    NOT_NEGATIVE,
    DECAY_RATE,
    /** {@link Boolean}. */
    FLAG,
    /** {@link Integer}, as the next. */
    COUNT,
    STEPS,
    /** {@link ScheduleSpec} of whole numbers of at least 1. */
    WHOLE_NUMBERS,
    /** {@link ScheduleSpec}; where it is a constant, a positive one. */
    LEARNING_RATE,
    /** {@code List<ScheduleSpec>}. */
    SCHEDULES,
    /** {@code List<Integer>}, each more than the one before. */
    BOUNDARIES,
    /** {@code SortedMap<Integer, Double>}. */
    SCALES,
    /** {@code List<String>} of {@link PathPattern}s. */
    PATTERNS,
    /** {@link OptimizerSpec}. */
    TRANSFORMATION,
    /** {@code List<OptimizerSpec>}. */
    TRANSFORMATIONS,
    /** {@code List<Map.Entry<String, OptimizerSpec>>}, no name twice. */
    NAMED_TRANSFORMATIONS,
    /** {@code SortedMap<String, OptimizerSpec>}. */
    GROUPS,
    /** {@code SortedMap<String, List<String>>}: patterns by group. */
    LABELS;

    /** @throws SpecFaultException where the node is nothing of this kind */
    Object read(String path, JsonNode node) {
        return switch (this) {
            case NUMBER -> number(path, node);
            case POSITIVE -> checked(path, number(path, node), value -> Checks.positive("", value));
            case NOT_NEGATIVE -> checked(path, number(path, node), value -> Checks.notNegative("", value));
            case DECAY_RATE -> checked(path, number(path, node), value -> Checks.decayRate("", value));
            case FLAG -> flag(path, node);
            case COUNT -> integer(path, node, 0);
            case STEPS -> integer(path, node, 1);
            case WHOLE_NUMBERS -> ScheduleSpec.readWholeNumbers(path, node);
            case LEARNING_RATE -> learningRate(path, node);
            case SCHEDULES -> list(path, node, ScheduleSpec::read);
            case BOUNDARIES -> boundaries(path, node);
            case SCALES -> scales(path, node);
            case PATTERNS -> list(path, node, ArgumentKind::pattern);
            case TRANSFORMATION -> OptimizerSpec.read(path, node);
            case TRANSFORMATIONS -> list(path, node, OptimizerSpec::read);
            case NAMED_TRANSFORMATIONS -> named(path, node);
            case GROUPS -> groups(path, node, OptimizerSpec::read);
            case LABELS -> groups(path, node, (at, each) -> list(at, each, ArgumentKind::pattern));
        };
    }

    private static Boolean flag(String path, JsonNode node) {
        if (!node.isBoolean()) {
            throw fault(path, node, "true or false");
        }
        return node.booleanValue();
    }

    private static ScheduleSpec learningRate(String path, JsonNode node) {
        return node.isNumber()
                ? ScheduleSpec.constant((Double) POSITIVE.read(path, node))
                : ScheduleSpec.read(path, node, "a positive number");
    }

    static SpecFaultException fault(String path, JsonNode node, String expected) {
        return new SpecFaultException(path, "is %s; it must be %s".formatted(words(node), expected));
    }

    private static Double number(String path, JsonNode node) {
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw fault(path, node, "a number");
        }
        return node.doubleValue();
    }

    private static Integer integer(String path, JsonNode node, int least) {
        if (!node.isInt() || node.intValue() < least) {
            throw fault(path, node, "a whole number of at least " + least);
        }
        return node.intValue();
    }

    private static List<Integer> boundaries(String path, JsonNode node) {
        List<Integer> boundaries = list(path, node, (at, each) -> integer(at, each, 1));
        for (int i = 1; i < boundaries.size(); i++) {
            if (boundaries.get(i) <= boundaries.get(i - 1)) {
                throw new SpecFaultException(
                        "%s[%d]".formatted(path, i),
                        "is %d; it must be more than %d, the one before"
                                .formatted(boundaries.get(i), boundaries.get(i - 1)));
            }
        }
        return boundaries;
    }

    private static Double checked(String path, Double value, DoubleConsumer check) {
        try {
            check.accept(value);
            return value;
        } catch (IllegalArgumentException e) {
            throw new SpecFaultException(path, String.valueOf(e.getMessage()).trim());
        }
    }

    private static String pattern(String path, JsonNode node) {
        if (!node.isTextual()) {
            throw fault(path, node, "a string");
        }
        try {
            PathPattern.of(node.textValue());
        } catch (IllegalArgumentException e) {
            throw new SpecFaultException(path, String.valueOf(e.getMessage()));
        }
        return node.textValue();
    }

    private static <T> List<T> list(String path, JsonNode node, BiFunction<String, JsonNode, T> each) {
        if (!node.isArray() || node.isEmpty()) {
            throw fault(path, node, "an array with something in it");
        }
        List<T> values = new ArrayList<>();
        for (JsonNode value : node) {
            values.add(each.apply("%s[%d]".formatted(path, values.size()), value));
        }
        return List.copyOf(values);
    }

    /** {@code [{"clip": {…}}, {"adam": {…}}]}: an object would not keep their order. */
    private static List<Map.Entry<String, OptimizerSpec>> named(String path, JsonNode node) {
        Set<String> names = new HashSet<>();
        return list(path, node, (at, each) -> {
            if (!each.isObject() || each.size() != 1) {
                throw fault(at, each, "an object with one name");
            }
            Map.Entry<String, JsonNode> link = each.properties().iterator().next();
            String below = Signature.below(at, requireName(at, link.getKey()));
            if (!names.add(link.getKey())) {
                throw new SpecFaultException(below, "has a name that another link has too");
            }
            return Map.entry(link.getKey(), OptimizerSpec.read(below, link.getValue()));
        });
    }

    private static <T> SortedMap<String, T> groups(String path, JsonNode node, BiFunction<String, JsonNode, T> each) {
        return map(path, node, (at, value) -> {
            requireName(path, at.substring(path.length() + 1));
            return each.apply(at, value);
        });
    }

    /** Names are parts of the paths of an optimizer's state, which dots separate. */
    private static String requireName(String path, String name) {
        if (!name.matches("[A-Za-z0-9_-]{1,63}")) {
            throw new SpecFaultException(
                    path, "has the name '%s'; it must be 1 to 63 letters, digits, _ and -".formatted(name));
        }
        return name;
    }

    private static <T> SortedMap<String, T> map(String path, JsonNode node, BiFunction<String, JsonNode, T> each) {
        if (!node.isObject() || node.isEmpty()) {
            throw fault(path, node, "an object with something in it");
        }
        SortedMap<String, T> values = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            values.put(field.getKey(), each.apply(Signature.below(path, field.getKey()), field.getValue()));
        }
        return values;
    }

    private static SortedMap<Integer, Double> scales(String path, JsonNode node) {
        SortedMap<Integer, Double> scales = new TreeMap<>();
        map(path, node, (at, each) -> NOT_NEGATIVE.read(at, each)).forEach((step, scale) -> {
            if (!step.matches("0|[1-9][0-9]{0,8}")) {
                throw new SpecFaultException(
                        Signature.below(path, step), "is no step; it must be a whole number of up to 9 digits");
            }
            scales.put(Integer.valueOf(step), (Double) scale);
        });
        return scales;
    }

    private static String words(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> node.isEmpty() ? "an empty object" : "an object";
            case ARRAY -> node.isEmpty() ? "an empty array" : "an array";
            case STRING -> "'" + node.textValue() + "'";
            case NULL, MISSING -> "null";
            case BINARY, BOOLEAN, NUMBER, POJO -> node.asText();
        };
    }
}
