package dev.vaestream.learning.tracing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * JAX's pytree: leaves in nested dictionaries and sequences. Immutable.
 *
 * <p>Leaves come in JAX's order: dictionaries by sorted key, sequences as they are. A leaf's path joins the keys and
 * indices on the way to it with dots, as in {@code params.encoder.Dense_0.kernel}.
 *
 * @param <T> what the leaves hold
 */
public sealed interface Tree<T> {
    /** A single value. */
    record Leaf<T>(T value) implements Tree<T> {}

    /** Named children, in the order of their names. */
    record Dict<T>(SortedMap<String, Tree<T>> children) implements Tree<T> {
        /** @throws TreeMismatchException where a name is empty or has a dot, so that two leaves could have one path */
        public Dict {
            children = Collections.unmodifiableSortedMap(new TreeMap<>(children));
            children.keySet().forEach(Structures::requireName);
        }
    }

    /** Children in a fixed order; without children, a node that has no leaves. */
    record Sequence<T>(List<Tree<T>> children) implements Tree<T> {
        public Sequence {
            children = List.copyOf(children);
        }
    }

    /** A tree of one leaf. */
    static <T> Tree<T> leaf(T value) {
        return new Leaf<>(value);
    }

    /** A dictionary, whatever the order of {@code children}. */
    static <T> Tree<T> dict(Map<String, Tree<T>> children) {
        return new Dict<>(new TreeMap<>(children));
    }

    /** A list or tuple. */
    static <T> Tree<T> sequence(List<Tree<T>> children) {
        return new Sequence<>(children);
    }

    /** A node without leaves. */
    static <T> Tree<T> empty() {
        return new Sequence<>(List.of());
    }

    /** Nested dictionaries from the leaves' paths; the opposite of {@link #byPath} where there are no sequences. */
    static <T> Tree<T> ofPaths(Map<String, T> leaves) {
        Map<String, Map<String, T>> groups = new TreeMap<>();
        Map<String, Tree<T>> children = new TreeMap<>();
        leaves.forEach((path, leaf) -> {
            int dot = path.indexOf('.');
            if (dot < 0) {
                children.put(path, leaf(leaf));
            } else {
                groups.computeIfAbsent(path.substring(0, dot), name -> new TreeMap<>())
                        .put(path.substring(dot + 1), leaf);
            }
        });
        groups.forEach((name, group) -> {
            if (children.put(name, ofPaths(group)) != null) {
                throw new TreeMismatchException("'" + name + "' is both a leaf and a dictionary");
            }
        });
        return dict(children);
    }

    /**
     * {@code jax.tree.map} of any number of trees.
     *
     * @param trees one at least
     * @param f is given a leaf of each, in the trees' order
     * @throws TreeMismatchException naming the first path where the structure of one differs from the first one's
     */
    static <T, R> Tree<R> mapAll(List<? extends Tree<? extends T>> trees, Function<List<T>, ? extends R> f) {
        Tree<? extends T> first = trees.get(0);
        trees.forEach(first::requireSameStructure);
        List<Iterator<? extends T>> leaves = new ArrayList<>();
        trees.forEach(tree -> leaves.add(tree.leaves().iterator()));
        return first.map(
                leaf -> f.apply(leaves.stream().map(each -> (T) each.next()).toList()));
    }

    /**
     * {@code jax.tree.transpose}: of a tree whose leaves are trees of one structure, a tree of that structure whose leaves
     * are shaped as the outer one was.
     *
     * @throws TreeMismatchException where there is no leaf, or two have different structures
     */
    static <T> Tree<Tree<T>> transpose(Tree<Tree<T>> tree) {
        if (tree.leaves().isEmpty()) {
            throw new TreeMismatchException("A tree without leaves has no inner structure to be transposed to");
        }
        return mapAll(tree.leaves(), tree::withLeaves);
    }

    /** The same tree, to be used where leaves may be of other types too. */
    @SuppressWarnings("unchecked") // a tree is never written to
    static <T> Tree<T> widen(Tree<? extends T> tree) {
        return (Tree<T>) tree;
    }

    /** The tree with each leaf replaced by what {@code f} makes of its path and value. */
    default <R> Tree<R> mapWithPath(BiFunction<String, ? super T, ? extends R> f) {
        return flatMap((path, leaf) -> leaf(f.apply(path, leaf)));
    }

    /** The tree with each leaf replaced by the tree, perhaps one without leaves, that {@code f} makes of it. */
    default <R> Tree<R> flatMap(BiFunction<String, ? super T, Tree<R>> f) {
        return Structures.flatMap("", this, f);
    }

    /**
     * The tree ended early, at each node that {@code isLeaf} accepts and whose parents it does not: what
     * {@code jax.tree.map} and its kin see where they are given {@code is_leaf}.
     *
     * @return with the nodes themselves as leaves
     */
    default Tree<Tree<T>> endingAt(Predicate<? super Tree<T>> isLeaf) {
        return Structures.endingAt(this, isLeaf);
    }

    /** {@code jax.tree.map} of one tree. */
    default <R> Tree<R> map(Function<? super T, ? extends R> f) {
        return mapWithPath((path, leaf) -> f.apply(leaf));
    }

    /**
     * {@code jax.tree.map} of two trees.
     *
     * @throws TreeMismatchException naming the first path where their structures differ
     */
    default <U, R> Tree<R> map(Tree<U> other, BiFunction<? super T, ? super U, ? extends R> f) {
        requireSameStructure(other);
        var others = other.leaves().iterator();
        return map(leaf -> f.apply(leaf, others.next()));
    }

    /**
     * {@code jax.tree.map} of a tree that is a prefix of the other: {@code f} is given the other's whole subtree where
     * this one has a leaf.
     *
     * @throws TreeMismatchException naming the first path above this one's leaves where their structures differ
     */
    default <U, R> Tree<R> mapPrefixOf(Tree<U> other, BiFunction<? super T, Tree<U>, ? extends R> f) {
        return Structures.mapPrefix("", this, other, f);
    }

    /** {@code jax.tree.reduce}: a fold over the leaves, from the left. */
    default <R> R reduce(R initial, BiFunction<R, ? super T, R> f) {
        R result = initial;
        for (T leaf : leaves()) {
            result = f.apply(result, leaf);
        }
        return result;
    }

    /** {@code jax.tree.all}: whether all leaves are so; of none, they are. */
    default boolean all(Predicate<? super T> test) {
        return leaves().stream().allMatch(test);
    }

    /** {@code jax.tree.structure}: the same tree with {@code *} for every leaf; equal where the structures are. */
    default Tree<String> structure() {
        return map(leaf -> "*");
    }

    /**
     * {@code jax.tree.unflatten}: a tree of this structure with other leaves, in JAX's order.
     *
     * @throws TreeMismatchException where there are not as many leaves as this tree has
     */
    default <R> Tree<R> withLeaves(List<? extends R> leaves) {
        if (leaves().size() != leaves.size()) {
            throw new TreeMismatchException(
                    "The tree has " + leaves().size() + " leaves; it cannot take " + leaves.size());
        }
        var next = leaves.iterator();
        return map(leaf -> next.next());
    }

    /** {@code jax.tree.leaves}. */
    default List<T> leaves() {
        List<T> leaves = new ArrayList<>();
        map(leaves::add);
        return List.copyOf(leaves);
    }

    /** The leaves by path, in JAX's order. */
    default Map<String, T> byPath() {
        Map<String, T> leaves = new LinkedHashMap<>();
        mapWithPath((path, leaf) -> leaves.put(path, leaf) == null);
        return Collections.unmodifiableMap(leaves);
    }

    /**
     * The child of a dictionary.
     *
     * @throws TreeMismatchException where there is none by that name; it says what there is
     */
    default Tree<T> get(String name) {
        if (this instanceof Dict<T> dict && dict.children.get(name) != null) {
            return dict.children.get(name);
        }
        throw new TreeMismatchException("There is no '" + name + "' here; here is: " + describe());
    }

    /**
     * The child of a sequence.
     *
     * @throws TreeMismatchException where there is none at that index
     */
    default Tree<T> get(int index) {
        if (this instanceof Sequence<T> sequence && index >= 0 && index < sequence.children.size()) {
            return sequence.children.get(index);
        }
        throw new TreeMismatchException("There is no element " + index + " here; here is: " + describe());
    }

    /**
     * The value of a leaf.
     *
     * @throws TreeMismatchException where this is none
     */
    default T value() {
        if (this instanceof Leaf<T> leaf) {
            return leaf.value;
        }
        throw new TreeMismatchException("Here is no leaf, but: " + describe());
    }

    private void requireSameStructure(Tree<?> other) {
        Structures.difference("", this, other).ifPresent(difference -> {
            throw new TreeMismatchException(difference);
        });
    }

    /** What kind of node this is, in words. */
    default String describe() {
        if (this instanceof Dict<T> dict) {
            return "a dictionary of " + dict.children.keySet();
        }
        return this instanceof Sequence<T> sequence ? "a sequence of " + sequence.children.size() : "a leaf";
    }

    /** The path of a child. */
    static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
