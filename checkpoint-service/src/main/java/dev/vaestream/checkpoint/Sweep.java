package dev.vaestream.checkpoint;

import dev.vaestream.contracts.Sha256;
import java.util.List;

/** Blobs that are being deleted: {@code sweeps/<id>.json}. */
record Sweep(List<Sha256> blobs) {
    Sweep {
        blobs = List.copyOf(blobs);
    }
}
