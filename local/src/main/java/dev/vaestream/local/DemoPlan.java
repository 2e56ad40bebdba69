package dev.vaestream.local;

import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.StreamRequest;
import dev.vaestream.contracts.StreamSpec;
import dev.vaestream.contracts.StreamStatus;
import java.util.Optional;

/**
 * What the demo publishes and trains.
 *
 * @param dataset whose name its stream has too
 * @param epochs that the run trains
 */
record DemoPlan(String dataset, int epochs) {
    static final String MNIST = "mnist";
    static final int TUTORIAL_EPOCHS = 10;

    private static final String MNIST_RUN = "demo";
    private static final int BATCH_SIZE = 16;

    DemoPlan {
        if (epochs < 1) {
            throw new UsageException("--epochs is %d; it must be at least 1".formatted(epochs));
        }
    }

    /** A run's name is for ever, so another number of epochs is another run. */
    String run() {
        String name = dataset.equals(MNIST) ? MNIST_RUN : dataset;
        return epochs == TUTORIAL_EPOCHS ? name : name + "-" + epochs + "-epochs";
    }

    /** The tutorial's losses can be compared with this run's. */
    boolean tutorial() {
        return dataset.equals(MNIST) && epochs == TUTORIAL_EPOCHS;
    }

    /** What to ask for, given the stream as it is now: as many epochs as needed, and never fewer than there are. */
    StreamRequest stream(Optional<StreamStatus> present) {
        int longest =
                Math.max(epochs, present.map(status -> status.spec().epochs()).orElse(0));
        return new StreamRequest(dataset, dataset, null, null, BATCH_SIZE, longest, true, RunSpec.DEFAULT_SEED, null);
    }

    RunRequest run(StreamSpec stream) {
        return new RunRequest(run(), RunSpec.defaults(dataset, (long) epochs * stream.epochBatches()));
    }
}
