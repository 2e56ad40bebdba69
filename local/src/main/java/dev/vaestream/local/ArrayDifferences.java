package dev.vaestream.local;

import dev.vaestream.contracts.StoredArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which arrays of two files differ, and by how much. */
final class ArrayDifferences {
    private ArrayDifferences() {}

    /**
     * One line for each array that is not the same bit for bit, in the order of paths.
     *
     * @param stored arrays by path
     * @param replayed the same arrays, as they should be
     */
    static List<String> of(Map<String, StoredArray> stored, Map<String, StoredArray> replayed) {
        SortedSet<String> paths = new TreeSet<>(stored.keySet());
        paths.addAll(replayed.keySet());
        List<String> differences = new ArrayList<>();
        for (String path : paths) {
            StoredArray one = stored.get(path);
            StoredArray other = replayed.get(path);
            if (one == null || other == null || !kind(one).equals(kind(other))) {
                differences.add("%s: %s stored, %s replayed".formatted(path, kind(one), kind(other)));
            } else if (!one.equals(other)) {
                differences.add(path + ": " + values(one, other));
            }
        }
        return differences;
    }

    private static String kind(@Nullable StoredArray array) {
        return array == null ? "not" : array.dtype() + array.shape().toString();
    }

    private static String values(StoredArray one, StoredArray other) {
        return switch (one.dtype()) {
            case F32 -> floats(one.floats(), other.floats());
            case I32 -> ints(one.ints(), other.ints());
            case I64, U8 -> "other bytes";
        };
    }

    private static String floats(float[] one, float[] other) {
        int different = 0;
        double largest = 0;
        for (int i = 0; i < one.length; i++) {
            if (Float.floatToRawIntBits(one[i]) != Float.floatToRawIntBits(other[i])) {
                different++;
                largest = Math.max(largest, Math.abs((double) one[i] - other[i])); // NaN wins
            }
        }
        return Text.format(
                "%s of %s numbers differ, by %.3g at most", Text.count(different), Text.count(one.length), largest);
    }

    private static String ints(int[] one, int[] other) {
        int different = 0;
        long largest = 0;
        for (int i = 0; i < one.length; i++) {
            if (one[i] != other[i]) {
                different++;
                largest = Math.max(largest, Math.abs((long) one[i] - other[i]));
            }
        }
        return "%s of %s numbers differ, by %s at most"
                .formatted(Text.count(different), Text.count(one.length), Text.count(largest));
    }
}
