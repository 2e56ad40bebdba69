package dev.vaestream.local;

import dev.vaestream.contracts.StreamRequest;
import dev.vaestream.contracts.StreamStatus;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        description = {
            "Publishes a dataset as a stream; publishing goes on in the background.",
            "A stream that exists can be given more epochs."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class StreamCreateCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private DirectoryOption state = new DirectoryOption();

    @Parameters(index = "0", paramLabel = "STREAM", description = "its name")
    private String stream = "";

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            defaultValue = "mnist",
            description = "what it is published from (default: ${DEFAULT-VALUE})")
    private String dataset = "";

    @Option(names = "--epochs", paramLabel = "N", description = "passes over the dataset (default: 10)")
    private @Nullable Integer epochs;

    @Option(names = "--batch-size", paramLabel = "N", description = "images in a batch (default: 16)")
    private @Nullable Integer batchSize;

    @Option(names = "--seed", paramLabel = "N", description = "of the order of the images (default: 65535)")
    private @Nullable Long seed;

    @Option(names = "--partitions", paramLabel = "N", description = "partitions of the topic")
    private @Nullable Integer partitions;

    @Option(names = "--in-order", description = "take the images in the order of the files")
    private boolean inOrder;

    StreamCreateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        StreamStatus status = state.services()
                .createStream(Arguments.checked(() -> new StreamRequest(
                        stream,
                        dataset,
                        null,
                        null,
                        batchSize,
                        epochs,
                        inOrder ? Boolean.FALSE : null,
                        seed,
                        partitions)));
        surroundings.line(Text.labelled(
                "stream",
                "%s: %s batches of %d in topic %s, %s published"
                        .formatted(
                                stream,
                                Text.count(status.spec().batches()),
                                status.spec().batchSize(),
                                status.topic(),
                                Text.count(status.published()))));
        return 0;
    }
}
