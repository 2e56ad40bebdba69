package dev.vaestream.learning.tracing;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.tensorflow.Graph;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_ImportGraphDefOptions;
import org.tensorflow.internal.c_api.TF_Operation;
import org.tensorflow.internal.c_api.TF_Output;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.TF_Tensor;
import org.tensorflow.internal.c_api.global.tensorflow;

/**
 * A graph in a session of its own whose calls are laid out once: a call then costs microseconds and next to nothing on
 * the Java heap, where {@link org.tensorflow.Session.Runner} gathers feeds, fetches and targets anew each time.
 *
 * <p>For one thread at a time; closed by whoever loaded it. Variables keep their values between calls.
 */
public final class Program implements AutoCloseable {
    private final byte[] definition;
    private final TF_Graph graph = TF_Graph.newGraph();
    private final TF_Status status = TF_Status.newStatus();
    private final TF_SessionOptions options = TF_SessionOptions.newSessionOptions();
    private final TF_Session session;

    private Program(Graph traced, Placement placement) {
        this.definition = GraphBytes.of(traced);
        try (BytePointer config = new BytePointer(Sessions.config(placement).toByteArray());
                TF_ImportGraphDefOptions imports = TF_ImportGraphDefOptions.newImportGraphDefOptions()) {
            TF_Buffer buffer = TF_Buffer.newBufferFromString(traced.toGraphDef());
            tensorflow.TF_GraphImportGraphDef(graph, buffer, imports, status);
            buffer.delete();
            status.throwExceptionIfNotOK();
            tensorflow.TF_SetConfig(options, config, config.capacity(), status);
            status.throwExceptionIfNotOK();
            session = TF_Session.newSession(graph, options, status);
            status.throwExceptionIfNotOK();
        }
    }

    /** Takes a copy of the graph. */
    public static Program load(Graph graph, Placement placement) {
        return new Program(graph, placement);
    }

    /** The graph's definition, the same bytes for the same graph. */
    public byte[] graphBytes() {
        return definition.clone();
    }

    /**
     * Lays out a call.
     *
     * @param feeds what is fed each time; they stay the caller's
     * @param fetches names of operations whose first output is copied out, floats all
     * @param targets names of operations that run beside them
     */
    public Call call(List<Feed> feeds, List<String> fetches, List<String> targets) {
        return new Call(feeds, fetches, targets);
    }

    @Override
    public void close() {
        session.delete();
        options.delete();
        graph.delete();
        status.delete();
    }

    private TF_Operation operation(String name) {
        TF_Operation operation = tensorflow.TF_GraphOperationByName(graph, name);
        if (operation == null || operation.isNull()) {
            throw new IllegalArgumentException("the graph has no operation '" + name + "'");
        }
        return operation;
    }

    private TF_Output outputs(List<String> names) {
        TF_Output outputs = new TF_Output(Math.max(1, names.size()));
        for (int i = 0; i < names.size(); i++) {
            outputs.position(i).oper(operation(names.get(i))).index(0);
        }
        return outputs.position(0);
    }

    /** What one call feeds, fetches and runs. */
    public final class Call implements AutoCloseable {
        private final TF_Output feeds;
        private final PointerPointer<TF_Tensor> fed;
        private final int feedCount;
        private final TF_Output fetches;
        private final PointerPointer<TF_Tensor> fetched;
        private final int fetchCount;
        private final PointerPointer<TF_Operation> targets;
        private final int targetCount;

        private Call(List<Feed> feeds, List<String> fetches, List<String> targets) {
            this.feeds = outputs(feeds.stream().map(Feed::name).toList());
            this.fed = pointers(feeds.stream().map(Feed::tensor).toList());
            this.feedCount = feeds.size();
            this.fetches = outputs(fetches);
            this.fetched = new PointerPointer<>(Math.max(1, fetches.size()));
            this.fetchCount = fetches.size();
            this.targets =
                    pointers(targets.stream().map(Program.this::operation).toList());
            this.targetCount = targets.size();
        }

        /**
         * Runs the call.
         *
         * @param results an array for each fetch, of its size, which is overwritten
         */
        public void run(float[]... results) {
            run();
            for (int i = 0; i < fetchCount; i++) {
                TF_Tensor tensor = fetched.get(TF_Tensor.class, i);
                floats(tensor, results[i]);
                tensorflow.TF_DeleteTensor(tensor);
            }
        }

        /** Runs the call and keeps what it fetches: a copy has the arrays that {@link #run(float[]...)} would fill. */
        public Snapshot<List<float[]>> fetch() {
            run();
            List<TF_Tensor> tensors = new ArrayList<>();
            for (int i = 0; i < fetchCount; i++) {
                tensors.add(fetched.get(TF_Tensor.class, i));
            }
            return new Snapshot<>() {
                @Override
                public List<float[]> copy() {
                    return tensors.stream().map(Call::floats).toList();
                }

                @Override
                public void close() {
                    tensors.forEach(tensorflow::TF_DeleteTensor);
                }
            };
        }

        private void run() {
            tensorflow.TF_SessionRun(
                    session,
                    null,
                    feeds,
                    fed,
                    feedCount,
                    fetches,
                    fetched,
                    fetchCount,
                    targets,
                    targetCount,
                    null,
                    status);
            status.throwExceptionIfNotOK();
        }

        private static float[] floats(TF_Tensor tensor) {
            float[] values = new float[Math.toIntExact(tensorflow.TF_TensorByteSize(tensor) / Float.BYTES)];
            floats(tensor, values);
            return values;
        }

        private static void floats(TF_Tensor tensor, float[] values) {
            new FloatPointer(tensorflow.TF_TensorData(tensor)).get(values);
        }

        @Override
        public void close() {
            feeds.close();
            fed.close();
            fetches.close();
            fetched.close();
            targets.close();
        }
    }

    private static <P extends Pointer> PointerPointer<P> pointers(List<P> all) {
        PointerPointer<P> pointers = new PointerPointer<>(Math.max(1, all.size()));
        for (int i = 0; i < all.size(); i++) {
            pointers.put(i, all.get(i));
        }
        return pointers;
    }
}
