package dev.vaestream.vae;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The cells of {@code docs/from-the-post.md}, and the same cells in the sources that the test runs. */
record PostPage(Map<String, String> codes, Map<String, String> outputs, String sources) {
    private static final Path PAGE = Path.of("../docs/from-the-post.md");
    private static final Path SOURCES = Path.of("src/test/java/dev/vaestream/vae");
    /** With numpy's eight decimals, but no more digits than single precision holds. */
    private static final int MOST_DECIMALS = 8;

    private static final int DIGITS = 7;
    private static final Pattern CELL =
            Pattern.compile("<!-- cell (\\S+) -->\n```java\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("(?<![A-Za-z_])-?\\d+\\.\\d+(?:E-?\\d+)?");

    static PostPage read() {
        try {
            Map<String, String> codes = new LinkedHashMap<>();
            Map<String, String> outputs = new LinkedHashMap<>();
            Matcher cell = CELL.matcher(Files.readString(PAGE));
            while (cell.find()) {
                codes.put(cell.group(1), cell.group(2));
                if (cell.group(3) != null) {
                    outputs.put(cell.group(1), cell.group(3));
                }
            }
            return new PostPage(codes, outputs, readSources());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String readSources() throws IOException {
        StringBuilder sources = new StringBuilder();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(SOURCES, "Post*.java")) {
            for (Path file : files) {
                sources.append(Files.readString(file));
            }
        }
        return sources.toString();
    }

    List<String> names() {
        return List.copyOf(codes.keySet());
    }

    boolean prints(String cell) {
        return outputs.containsKey(cell);
    }

    String code(String cell) {
        return Objects.requireNonNull(codes.get(cell));
    }

    String output(String cell) {
        return Objects.requireNonNull(outputs.get(cell));
    }

    /** What stands between the cell's two marks, without the indentation of the first. */
    String source(String cell) {
        Matcher marks = Pattern.compile("\n( *)// cell " + cell + "\n(.*?) *// end\n", Pattern.DOTALL)
                .matcher(sources);
        if (!marks.find()) {
            throw new AssertionError("the test has no cell " + cell);
        }
        return marks.group(2)
                .lines()
                .map(line -> line.isBlank() ? "" : line.substring(marks.group(1).length()))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** All but the numbers with a point, which other machines may round otherwise. */
    static String words(String text) {
        return NUMBER.matcher(text.strip()).replaceAll("#").replaceAll("\\s+", " ");
    }

    static List<BigDecimal> numbers(String text) {
        return NUMBER.matcher(text)
                .results()
                .map(found -> new BigDecimal(found.group()))
                .toList();
    }

    /** A leaf a line, with its path. */
    static String show(Tree<? extends Array> tree) {
        if (tree.leaves().isEmpty()) {
            return "no arrays\n";
        }
        return tree.byPath().entrySet().stream()
                .map(leaf -> leaf.getKey() + " = " + show(leaf.getValue()))
                .collect(Collectors.joining());
    }

    /** Rows below one another. */
    static String show(Array array) {
        if (array instanceof Array.Ints ints) {
            return Arrays.toString(ints.values()) + "\n";
        }
        float[] values = ((Array.Floats) array).values();
        int axes = array.shape().numDimensions();
        if (axes == 0) {
            return number(values[0]) + "\n";
        }
        int row = Math.toIntExact(array.shape().get(axes - 1));
        StringBuilder text = new StringBuilder();
        for (int from = 0; from < values.length; from += row) {
            text.append(from == 0 ? "" : "  ").append('[');
            for (int i = from; i < from + row; i++) {
                text.append(i == from ? "" : ", ").append(number(values[i]));
            }
            text.append("]\n");
        }
        return text.toString();
    }

    /** Seven digits; a zero is {@code 0.} and nothing else is. */
    static String number(float value) {
        if (value == 0) {
            return "0.";
        }
        int before = (int) Math.floor(Math.log10(Math.abs(value))) + 1;
        int decimals = Math.max(1, Math.min(MOST_DECIMALS, DIGITS - before));
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
