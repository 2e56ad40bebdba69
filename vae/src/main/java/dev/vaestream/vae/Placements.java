package dev.vaestream.vae;

import dev.vaestream.contracts.Device;
import dev.vaestream.learning.tracing.Placement;
import org.jspecify.annotations.Nullable;

/** Where a run's steps go. */
final class Placements {
    private Placements() {}

    /**
     * @param device that the run asks for
     * @param hasGpu whether this machine has one
     * @throws MissingDeviceException where it has not what the run asks for
     */
    static Placement of(@Nullable Device device, boolean hasGpu) {
        if (device == Device.GPU && !hasGpu) {
            throw new MissingDeviceException("the run asks for a GPU and TensorFlow finds none here;"
                    + " start a trainer that was built with -Pgpu on a machine with CUDA");
        }
        return device == Device.CPU ? Placement.CPU : Placement.ANY;
    }

    /** What the fingerprint says of it: {@code cpu} or {@code gpu}. */
    static String name(Placement placement, boolean hasGpu) {
        return placement == Placement.ANY && hasGpu ? "gpu" : "cpu";
    }
}
