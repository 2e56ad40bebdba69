package dev.vaestream.learning.tracing;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;

/** The devices that TensorFlow's native library finds on this machine. */
public final class Devices {
    private static final String GPU = "GPU";

    private Devices() {}

    /** Whether there is a GPU; never with a library that was built for processors alone. */
    public static boolean hasGpu() {
        return types().contains(GPU);
    }

    /** As {@code CPU} and {@code GPU}, one for each device. */
    static List<String> types() {
        try (TF_Graph graph = TF_Graph.newGraph();
                TF_Status status = TF_Status.newStatus();
                TF_SessionOptions options = TF_SessionOptions.newSessionOptions();
                BytePointer config =
                        new BytePointer(Sessions.config(Placement.ANY).toByteArray())) {
            // The first session of a process decides how many threads all later ones have.
            tensorflow.TF_SetConfig(options, config, config.capacity(), status);
            status.throwExceptionIfNotOK();
            return types(graph, options, status);
        }
    }

    private static List<String> types(TF_Graph graph, TF_SessionOptions options, TF_Status status) {
        try (TF_Session session = TF_Session.newSession(graph, options, status)) {
            status.throwExceptionIfNotOK();
            TF_DeviceList devices = tensorflow.TF_SessionListDevices(session, status);
            status.throwExceptionIfNotOK();
            List<String> types = new ArrayList<>();
            for (int i = 0; i < tensorflow.TF_DeviceListCount(devices); i++) {
                types.add(tensorflow.TF_DeviceListType(devices, i, status).getString());
                status.throwExceptionIfNotOK();
            }
            tensorflow.TF_DeleteDeviceList(devices);
            return types;
        }
    }
}
