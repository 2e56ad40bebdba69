package dev.vaestream.learning.nn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.tensorflow.ndarray.Shape;

/** What was called while a model was traced, in the order of the calls; a module that is called twice counts once. */
final class Calls {
    private final Map<List<String>, Tabulation.Row> rows = new LinkedHashMap<>();
    private final Map<List<String>, Map<String, Shape>> params = new LinkedHashMap<>();

    <O> O record(List<String> path, Module<?, ?> module, Object input, Supplier<O> call) {
        return record(path, module, Shapes.describe(input), call);
    }

    /** A call of another method, whose inputs only its caller sees. */
    <O> O record(List<String> path, Module<?, ?> module, Supplier<O> call) {
        return record(path, module, "", call);
    }

    private <O> O record(List<String> path, Module<?, ?> module, String inputs, Supplier<O> call) {
        String type = module.getClass().isHidden() ? "" : module.getClass().getSimpleName();
        // A row before its submodules' rows, and its outputs after them.
        boolean first = rows.putIfAbsent(path, new Tabulation.Row(join(path), type, "", "", Map.of())) == null;
        O output = call.get();
        if (first) {
            rows.put(path, new Tabulation.Row(join(path), type, inputs, Shapes.describe(output), Map.of()));
        }
        return output;
    }

    void param(List<String> path, Shape shape) {
        params.computeIfAbsent(path.subList(0, path.size() - 1), scope -> new TreeMap<>())
                .put(path.get(path.size() - 1), shape);
    }

    /** With all parameters, those too that a module asked for in its second call alone. */
    Tabulation tabulation() {
        return new Tabulation(rows.entrySet().stream()
                .map(row -> row.getValue().withParams(params.getOrDefault(row.getKey(), Map.of())))
                .toList());
    }

    private static String join(List<String> path) {
        return String.join("/", path);
    }
}
