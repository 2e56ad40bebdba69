package dev.vaestream.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The arguments that a {@link Part} of one name takes. */
final class Signature {
    /** The name of an argument that stands alone. */
    static final String ONLY = "";

    private final Map<String, ArgumentKind> kinds = new LinkedHashMap<>();
    private final Map<String, Object> defaults = new LinkedHashMap<>();
    private final TreeSet<String> optional = new TreeSet<>();

    /** Takes nothing. */
    static Signature none() {
        return new Signature();
    }

    /** Takes one argument, which needs no name. */
    static Signature only(ArgumentKind kind) {
        return new Signature().required(ONLY, kind);
    }

    Signature required(String argument, ArgumentKind kind) {
        kinds.put(argument, kind);
        return this;
    }

    Signature optional(String argument, ArgumentKind kind) {
        optional.add(argument);
        return required(argument, kind);
    }

    Signature with(String argument, ArgumentKind kind, Object value) {
        defaults.put(argument, value);
        return required(argument, kind);
    }

    /**
     * Reads the one part that an object names.
     *
     * @throws SpecFaultException naming the place that is wrong
     */
    static Part read(String path, JsonNode node, Map<String, Signature> signatures) {
        return read(path, node, signatures, "", signatures.keySet());
    }

    /**
     * The same where something else may stand in the object's place.
     *
     * @param or what it is, for errors
     * @param fitting the names that errors offer
     */
    static Part read(
            String path, JsonNode node, Map<String, Signature> signatures, String or, Collection<String> fitting) {
        String names = String.join(", ", fitting);
        if (!node.isObject() || node.size() != 1) {
            throw ArgumentKind.fault(path, node, or + "an object with one of " + names);
        }
        Map.Entry<String, JsonNode> named = node.properties().iterator().next();
        Signature signature = signatures.get(named.getKey());
        if (signature == null) {
            throw new SpecFaultException(
                    path, "'%s' is not known; it must be one of %s".formatted(named.getKey(), names));
        }
        return new Part(named.getKey(), signature.read(below(path, named.getKey()), named.getValue()));
    }

    static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private SortedMap<String, Object> read(String path, JsonNode node) {
        ArgumentKind only = kinds.get(ONLY);
        if (only != null) {
            return new TreeMap<>(Map.of(ONLY, only.read(path, node)));
        }
        if (!node.isObject()) {
            throw ArgumentKind.fault(path, node, "an object");
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!kinds.containsKey(field.getKey())) {
                throw new SpecFaultException(below(path, field.getKey()), "is not known; known here: " + known());
            }
        }
        SortedMap<String, Object> arguments = new TreeMap<>();
        kinds.forEach((argument, kind) -> {
            @Nullable Object value = value(path, argument, kind, node);
            if (value != null) {
                arguments.put(argument, value);
            }
        });
        return arguments;
    }

    private @Nullable Object value(String path, String argument, ArgumentKind kind, JsonNode node) {
        JsonNode given = node.get(argument);
        if (given != null) {
            return kind.read(below(path, argument), given);
        }
        if (!defaults.containsKey(argument) && !optional.contains(argument)) {
            throw new SpecFaultException(below(path, argument), "is missing");
        }
        return defaults.get(argument);
    }

    private String known() {
        return kinds.isEmpty() ? "nothing" : String.join(", ", new TreeSet<>(kinds.keySet()));
    }

    /** For tables in the order that they are written in. */
    static Map<String, Signature> table(List<Map.Entry<String, Signature>> entries) {
        Map<String, Signature> table = new LinkedHashMap<>();
        entries.forEach(entry -> table.put(entry.getKey(), entry.getValue()));
        return table;
    }
}
