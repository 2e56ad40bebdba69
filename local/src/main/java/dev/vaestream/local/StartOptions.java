package dev.vaestream.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the commands that start a cluster. */
final class StartOptions {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "the sampler's port (default: 8080 where it is free, else another)")
    private @Nullable Integer port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "a directory of IDX files; the dataset is named after it (default: MNIST)")
    private @Nullable Path data;

    Optional<Path> data() {
        return Optional.ofNullable(data);
    }

    /** @throws CommandFailedException where an option cannot hold */
    void check() {
        if (port != null && (port < 1 || port > 65_535)) {
            throw new UsageException("--port is %d; it must be 1 to 65535".formatted(port));
        }
        data().map(IdxDirectory::new).ifPresent(IdxDirectory::requireFiles);
    }

    ClusterOptions cluster(Path installation, StateDirectory directory) {
        ClusterOptions options = ClusterOptions.of(installation, directory.root());
        if (port != null) {
            options = options.withSamplerPort(port);
        }
        return data == null ? options : options.withDataset(DatasetName.of(data), data);
    }

    /** The same options once more, for another command. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        if (port != null) {
            arguments.addAll(List.of("--port", port.toString()));
        }
        if (data != null) {
            arguments.addAll(List.of("--data", data.toAbsolutePath().toString()));
        }
        return arguments;
    }
}
