package dev.vaestream.vae;

import dev.vaestream.contracts.StoredArray;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A copy of what a run has learned, by path: the content of a checkpoint's two blobs.
 *
 * @param params as {@code params.encoder.Dense_0.kernel}
 * @param optimizer the optimizer's state, as {@code 0.mu.params.encoder.Dense_0.kernel}
 */
public record StoredState(SortedMap<String, StoredArray> params, SortedMap<String, StoredArray> optimizer) {
    public StoredState {
        params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
        optimizer = Collections.unmodifiableSortedMap(new TreeMap<>(optimizer));
    }
}
