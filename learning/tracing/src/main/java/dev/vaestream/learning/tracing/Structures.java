package dev.vaestream.learning.tracing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** Walks through trees of any structure, and compares structures. */
final class Structures {
    private Structures() {}

    /** Where two trees first differ and how; nothing where only their leaves do. */
    static Optional<String> difference(String path, Tree<?> one, Tree<?> other) {
        if (one instanceof Tree.Dict<?> a && other instanceof Tree.Dict<?> b) {
            if (!a.children().keySet().equals(b.children().keySet())) {
                return Optional.of(differ(path, one, other));
            }
            return a.children().entrySet().stream()
                    .map(child -> difference(Tree.join(path, child.getKey()), child.getValue(), b.get(child.getKey())))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        if (one instanceof Tree.Sequence<?> a && other instanceof Tree.Sequence<?> b) {
            if (a.children().size() != b.children().size()) {
                return Optional.of(differ(path, one, other));
            }
            for (int i = 0; i < a.children().size(); i++) {
                Optional<String> found = difference(Tree.join(path, Integer.toString(i)), a.get(i), b.get(i));
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }
        boolean leaves = one instanceof Tree.Leaf<?> && other instanceof Tree.Leaf<?>;
        return leaves ? Optional.empty() : Optional.of(differ(path, one, other));
    }

    static <T, R> Tree<R> flatMap(String path, Tree<T> tree, BiFunction<String, ? super T, Tree<R>> f) {
        if (tree instanceof Tree.Leaf<T> leaf) {
            return f.apply(path, leaf.value());
        }
        if (tree instanceof Tree.Dict<T> dict) {
            SortedMap<String, Tree<R>> children = new TreeMap<>();
            dict.children().forEach((name, child) -> children.put(name, flatMap(Tree.join(path, name), child, f)));
            return Tree.dict(children);
        }
        List<Tree<R>> children = new ArrayList<>();
        for (Tree<T> child : ((Tree.Sequence<T>) tree).children()) {
            children.add(flatMap(Tree.join(path, Integer.toString(children.size())), child, f));
        }
        return Tree.sequence(children);
    }

    static <T> Tree<Tree<T>> endingAt(Tree<T> tree, Predicate<? super Tree<T>> isLeaf) {
        if (tree instanceof Tree.Leaf<T> || isLeaf.test(tree)) {
            return Tree.leaf(tree);
        }
        if (tree instanceof Tree.Dict<T> dict) {
            SortedMap<String, Tree<Tree<T>>> children = new TreeMap<>();
            dict.children().forEach((name, child) -> children.put(name, endingAt(child, isLeaf)));
            return Tree.dict(children);
        }
        return Tree.sequence(((Tree.Sequence<T>) tree)
                .children().stream().map(child -> endingAt(child, isLeaf)).toList());
    }

    static void requireName(String name) {
        if (name.isEmpty() || name.indexOf('.') >= 0) {
            throw new TreeMismatchException(
                    "A dictionary's key is '%s'; it must have a character at least, and no dot, which stands between"
                                    .formatted(name)
                            + " the keys of a path");
        }
    }

    static <T, U, R> Tree<R> mapPrefix(
            String path, Tree<T> prefix, Tree<U> other, BiFunction<? super T, Tree<U>, ? extends R> f) {
        if (prefix instanceof Tree.Leaf<T> leaf) {
            return Tree.leaf(f.apply(leaf.value(), other));
        }
        if (prefix instanceof Tree.Dict<T> dict
                && other instanceof Tree.Dict<U> others
                && dict.children().keySet().equals(others.children().keySet())) {
            SortedMap<String, Tree<R>> children = new TreeMap<>();
            dict.children()
                    .forEach((name, child) ->
                            children.put(name, mapPrefix(Tree.join(path, name), child, others.get(name), f)));
            return Tree.dict(children);
        }
        if (prefix instanceof Tree.Sequence<T> sequence
                && other instanceof Tree.Sequence<U> others
                && sequence.children().size() == others.children().size()) {
            List<Tree<R>> children = new ArrayList<>();
            for (Tree<T> child : sequence.children()) {
                int i = children.size();
                children.add(mapPrefix(Tree.join(path, Integer.toString(i)), child, others.get(i), f));
            }
            return Tree.sequence(children);
        }
        throw new TreeMismatchException(differ(path, prefix, other));
    }

    private static String differ(String path, Tree<?> one, Tree<?> other) {
        return "The trees differ at %s: one has %s, the other %s"
                .formatted(path.isEmpty() ? "their root" : "'" + path + "'", one.describe(), other.describe());
    }
}
