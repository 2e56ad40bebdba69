package dev.vaestream.local;

import java.util.ArrayList;
import java.util.List;

/** A line of text and the trees below it. */
record Tree(String text, List<Tree> below) {
    Tree {
        below = List.copyOf(below);
    }

    static Tree leaf(String text) {
        return new Tree(text, List.of());
    }

    List<String> lines(Glyphs glyphs) {
        List<String> lines = new ArrayList<>();
        lines.add(text);
        for (int i = 0; i < below.size(); i++) {
            boolean last = i == below.size() - 1;
            String first = last ? glyphs.last() : glyphs.branch();
            String others = last ? "   " : glyphs.trunk();
            List<String> inner = below.get(i).lines(glyphs);
            lines.add(first + inner.get(0));
            inner.subList(1, inner.size()).forEach(line -> lines.add(others + line));
        }
        return lines;
    }
}
