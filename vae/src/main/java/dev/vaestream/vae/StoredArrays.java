package dev.vaestream.vae;

import dev.vaestream.contracts.StoredArray;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.ShapeDtype;
import dev.vaestream.learning.tracing.Tree;
import dev.vaestream.learning.tracing.TreeMismatchException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tensorflow.ndarray.Shape;

/** Between arrays in trees and arrays in storage. */
final class StoredArrays {
    private StoredArrays() {}

    static SortedMap<String, StoredArray> store(Tree<? extends Array> tree) {
        SortedMap<String, StoredArray> stored = new TreeMap<>();
        tree.byPath().forEach((path, array) -> stored.put(path, store(array)));
        return stored;
    }

    /** @throws TreeMismatchException where an array is missing or left over */
    static Tree<Array> restore(Tree<ShapeDtype> structure, Map<String, StoredArray> stored) {
        Tree<Array> restored = structure.mapWithPath((path, shape) -> {
            StoredArray array = stored.get(path);
            if (array == null) {
                throw new TreeMismatchException("There is no array '" + path + "'; there are " + stored.keySet());
            }
            return restore(array);
        });
        if (restored.leaves().size() != stored.size()) {
            throw new TreeMismatchException("There are " + stored.size() + " arrays; the model has "
                    + restored.leaves().size());
        }
        return restored;
    }

    static Tree<Array> restore(Map<String, StoredArray> stored) {
        Map<String, Array> restored = new TreeMap<>();
        stored.forEach((path, array) -> restored.put(path, restore(array)));
        return Tree.ofPaths(restored);
    }

    private static StoredArray store(Array array) {
        List<Long> shape = Arrays.stream(array.shape().asArray()).boxed().toList();
        return array instanceof Array.Floats floats
                ? StoredArray.of(shape, floats.values())
                : StoredArray.of(shape, ((Array.Ints) array).values());
    }

    private static Array restore(StoredArray stored) {
        Shape shape =
                Shape.of(stored.shape().stream().mapToLong(Long::longValue).toArray());
        return switch (stored.dtype()) {
            case F32 -> Array.of(shape, stored.floats());
            case I32 -> Array.of(shape, stored.ints());
            case I64, U8 -> throw new TreeMismatchException("A model holds no arrays of " + stored.dtype());
        };
    }
}
