package dev.vaestream.learning.tracing;

import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.proto.ConfigProto;

/** Opens sessions that compute the same bits each time. */
public final class Sessions {
    /** One thread within an operation: its sums are always in the same order. */
    public static final int INTRA_OP_THREADS = 1;

    /** Two threads between operations, which changes no sum. */
    public static final int INTER_OP_THREADS = 2;

    private Sessions() {}

    static Session open(Graph graph, Placement placement) {
        return new Session(graph, config(placement));
    }

    static ConfigProto config(Placement placement) {
        ConfigProto.Builder config = ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(INTRA_OP_THREADS)
                .setInterOpParallelismThreads(INTER_OP_THREADS);
        if (placement == Placement.CPU) {
            config.putDeviceCount("GPU", 0);
        }
        return config.build();
    }
}
