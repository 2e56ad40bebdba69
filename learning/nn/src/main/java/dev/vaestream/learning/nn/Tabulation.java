package dev.vaestream.learning.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tensorflow.ndarray.Shape;

/**
 * {@code nn.tabulate}: a model's modules in the order of their calls, each once. Its text is the table that Flax prints.
 *
 * @param rows the model itself comes first
 */
public record Tabulation(List<Row> rows) {
    /**
     * One module.
     *
     * @param path names joined with slashes, empty for the model itself
     * @param module its class, empty for a function
     * @param inputs of its first call, as {@code float32[16,784]}; empty where that is of another method
     * @param outputs likewise, of whichever method
     * @param params its own parameters by name; those of its submodules are in their rows
     */
    public record Row(String path, String module, String inputs, String outputs, Map<String, Shape> params) {
        public Row {
            params = new TreeMap<>(params);
        }

        /** Numbers in its own parameters. */
        public long size() {
            return params.values().stream().mapToLong(Shape::size).sum();
        }

        /** Where it is in the tree: 0 for the model itself. */
        int depth() {
            return path.isEmpty() ? 0 : path.split("/", -1).length;
        }

        Row withParams(Map<String, Shape> others) {
            return new Row(path, module, inputs, outputs, others);
        }

        private Row with(Row below) {
            Map<String, Shape> both = new LinkedHashMap<>(params);
            String name = path.isEmpty() ? below.path : below.path.substring(path.length() + 1);
            below.params.forEach((param, shape) -> both.put(name + "/" + param, shape));
            return new Row(path, module, inputs, outputs, both);
        }
    }

    public Tabulation {
        rows = List.copyOf(rows);
    }

    /** Numbers in all parameters. */
    public long size() {
        return rows.stream().mapToLong(Row::size).sum();
    }

    /** Bytes of all parameters, four a number. */
    public long bytes() {
        return size() * Float.BYTES;
    }

    /** Without modules deeper than {@code depth}, whose parameters then count for the module that is shown above them. */
    public Tabulation depth(int depth) {
        List<Row> shown = new ArrayList<>();
        for (Row row : rows) {
            if (row.depth() <= depth) {
                shown.add(row);
            } else {
                int above = shown.size() - 1;
                while (!(shown.get(above).path.isEmpty() || row.path.startsWith(shown.get(above).path + "/"))) {
                    above--;
                }
                shown.set(above, shown.get(above).with(row));
            }
        }
        return new Tabulation(shown);
    }

    /** The table as text, its lines ended by line feeds. */
    @Override
    public String toString() {
        TextTable table = new TextTable(List.of("path", "module", "inputs", "outputs", "params"));
        for (Row row : rows) {
            String params = row.params.entrySet().stream()
                    .map(param -> param.getKey() + ": float32" + Shapes.sizes(param.getValue()) + "\n")
                    .collect(Collectors.joining());
            table.row(List.of(
                    row.path,
                    row.module,
                    row.inputs,
                    row.outputs,
                    row.params.isEmpty() ? "" : params + count(row.size())));
        }
        table.row(List.of("", "", "", "Total", count(size())));
        return table + "Total Parameters: " + count(size()) + "\n";
    }

    private static String count(long size) {
        return String.format(Locale.ROOT, "%,d (%s)", size, bytes(size * Float.BYTES));
    }

    private static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f KB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
