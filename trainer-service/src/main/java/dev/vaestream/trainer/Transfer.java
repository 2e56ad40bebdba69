package dev.vaestream.trainer;

import dev.vaestream.contracts.InitializeFrom;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.vae.StoredState;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A first state that has some of its parameters from a checkpoint. */
final class Transfer {
    private Transfer() {}

    /**
     * @param drawn what the seed gives
     * @param source the checkpoint's parameters
     * @throws RunFailedException naming the parameter that the checkpoint lacks, or has in another shape
     */
    static StoredState of(StoredState drawn, InitializeFrom from, Map<String, StoredArray> source) {
        SortedMap<String, StoredArray> params = new TreeMap<>(drawn.params());
        params.replaceAll((path, array) -> from.takes(path) ? given(path, array, from, source) : array);
        return new StoredState(params, drawn.optimizer());
    }

    private static StoredArray given(
            String path, StoredArray drawn, InitializeFrom from, Map<String, StoredArray> source) {
        StoredArray given = source.get(path);
        if (given == null) {
            throw new RunFailedException("checkpoint %s/%d has no parameter '%s'; it has %s"
                    .formatted(from.run(), from.step(), path, source.keySet()));
        }
        if (!given.shape().equals(drawn.shape()) || given.dtype() != drawn.dtype()) {
            throw new RunFailedException("parameter '%s' of checkpoint %s/%d is %s%s; this model's is %s%s"
                    .formatted(
                            path, from.run(), from.step(), given.dtype(), given.shape(), drawn.dtype(), drawn.shape()));
        }
        return given;
    }
}
