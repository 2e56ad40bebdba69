package dev.vaestream.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Commands as a person types them, on a cluster that this process pretends to supervise. */
final class CommandFixture implements AutoCloseable {
    private final Path installation;
    private final StateDirectory state;
    private final ClusterLock lock;
    private final FakeServices services;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StringWriter error = new StringWriter();

    /** @param directory where state is kept and, if anything is installed, that is */
    CommandFixture(Path directory) throws IOException {
        this(directory, 0);
    }

    /** @param broker the port of a real one */
    CommandFixture(Path directory, int broker) throws IOException {
        this.installation = directory;
        this.state = new StateDirectory(directory.resolve("supervised"));
        this.services = new FakeServices();
        int http = services.port();
        state.create();
        state.write(new ClusterState(new Ports(http, http, http, http, broker, 0, 0), new TreeMap<>()));
        state.write(new RunningCluster(Processes.id("supervisor", ProcessHandle.current()), List.of(), true));
        this.lock = ClusterLock.take(state.lock()).orElseThrow();
    }

    FakeServices services() {
        return services;
    }

    /** The exit code. */
    int run(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.add("--dir=" + state.root());
        Surroundings surroundings =
                new Surroundings(installation, new PrintStream(out, true, StandardCharsets.UTF_8), 0, Glyphs.ASCII);
        return Vaestream.commandLine(
                        surroundings, new PrintWriter(out, true, StandardCharsets.UTF_8), new PrintWriter(error))
                .execute(all.toArray(String[]::new));
    }

    List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** What was said about a failure, which is one line. */
    String failure() {
        return error.toString().strip();
    }

    @Override
    public void close() {
        lock.close();
        services.close();
    }
}
