package dev.vaestream.learning.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Cells of several lines each, in columns as wide as their longest. */
final class TextTable {
    private final List<List<List<String>>> rows = new ArrayList<>();

    TextTable(List<String> head) {
        row(head);
    }

    void row(List<String> cells) {
        rows.add(cells.stream().map(cell -> cell.lines().toList()).toList());
    }

    @Override
    public String toString() {
        List<Integer> widths = IntStream.range(0, rows.get(0).size())
                .mapToObj(column -> rows.stream()
                        .flatMap(row -> row.get(column).stream())
                        .mapToInt(String::length)
                        .max()
                        .orElse(0))
                .toList();
        return rows.stream()
                .map(row -> text(row, widths))
                .collect(Collectors.joining(
                        rule("├", "┼", "┤", widths), rule("┌", "┬", "┐", widths), rule("└", "┴", "┘", widths)));
    }

    private static String text(List<List<String>> row, List<Integer> widths) {
        int height = row.stream().mapToInt(List::size).max().orElse(1);
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < height; line++) {
            for (int column = 0; column < row.size(); column++) {
                List<String> cell = row.get(column);
                String content = line < cell.size() ? cell.get(line) : "";
                text.append("│ ").append(content).append(" ".repeat(widths.get(column) - content.length() + 1));
            }
            text.append("│\n");
        }
        return text.toString();
    }

    private static String rule(String left, String middle, String right, List<Integer> widths) {
        return widths.stream()
                .map(width -> "─".repeat(width + 2))
                .collect(Collectors.joining(middle, left, right + "\n"));
    }
}
