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
        boolean first = !rows.containsKey(path);
        String type = module.getClass().isHidden() ? "" : module.getClass().getSimpleName();
        // A row before its submodules' rows, and its outputs after them.
        rows.computeIfAbsent(path, same -> new Tabulation.Row(join(path), type, "", "", Map.of()));
        O output = call.get();
        if (first) {
            rows.put(
                    path,
                    new Tabulation.Row(
                            join(path), type, Shapes.describe(input), Shapes.describe(output), paramsAt(path)));
        }
        return output;
    }

    void param(List<String> path, Shape shape) {
        params.computeIfAbsent(path.subList(0, path.size() - 1), scope -> new TreeMap<>())
                .put(path.get(path.size() - 1), shape);
    }

    Tabulation tabulation() {
        return new Tabulation(List.copyOf(rows.values()));
    }

    private Map<String, Shape> paramsAt(List<String> path) {
        return params.getOrDefault(path, Map.of());
    }

    private static String join(List<String> path) {
        return String.join("/", path);
    }
}
