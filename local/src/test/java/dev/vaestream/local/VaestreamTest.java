package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaestreamTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StringWriter error = new StringWriter();

    @TempDir
    Path directory;

    private String state;

    @BeforeEach
    void chooseState() {
        state = directory.resolve("state").toString();
    }

    @Test
    void anUnknownOptionIsAUsageError() {
        assertThat(run("demo", "--epoch=3")).isEqualTo(2);
        assertThat(error)
                .hasToString(
                        "vaestream: Unknown option: '--epoch=3'; did you mean --epochs?; see: ./vaestream demo --help"
                                + System.lineSeparator());
    }

    @Test
    void anUnknownCommandIsAUsageError() {
        assertThat(run("dmeo")).isEqualTo(2);
        assertThat(lines()).isEqualTo(1);
        assertThat(error.toString()).contains("dmeo", "./vaestream --help");
    }

    @Test
    void noEpochsAreAUsageError() {
        assertThat(run("demo", "--epochs=0")).isEqualTo(2);
        assertThat(error).hasToString("vaestream: --epochs is 0; it must be at least 1" + System.lineSeparator());
    }

    @Test
    void twoModelsAtOnceAreAUsageError() {
        assertThat(run("model", "show", "--run=demo", "--spec=run.json")).isEqualTo(2);
        assertThat(error)
                .hasToString(
                        "vaestream: --run and --spec are both there; a table shows one model" + System.lineSeparator());
    }

    @Test
    void aSpecFileThatIsNotThereIsAFailure() {
        assertThat(run("model", "show", "--spec=" + directory.resolve("run.json")))
                .isEqualTo(1);
        assertThat(error.toString()).startsWith("vaestream: cannot read ").contains("run.json");
    }

    @Test
    void aDataDirectoryWithoutFilesIsAFailure() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));

        assertThat(run("demo", "--data=" + empty)).isEqualTo(1);
        assertThat(error)
                .hasToString("vaestream: %s has neither train-images-idx3-ubyte nor train-images-idx3-ubyte.gz"
                                .formatted(empty)
                        + System.lineSeparator());
        assertThat(Path.of(state)).doesNotExist();
    }

    @Test
    void aPortInUseIsAFailure() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();

            assertThat(run("demo", "--data=" + dataset(), "--port=" + port, "--dir=" + state))
                    .isEqualTo(1);
            assertThat(error)
                    .hasToString("vaestream: port %d is in use; stop what listens there, or give another --port"
                                    .formatted(port)
                            + System.lineSeparator());
        }
    }

    @Test
    void aPortInUseIsAFailureInTheBackgroundToo() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();

            assertThat(run("up", "--port=" + port, "--dir=" + state)).isEqualTo(1);
            assertThat(error)
                    .hasToString("vaestream: port %d is in use; stop what listens there, or give another --port"
                                    .formatted(port)
                            + System.lineSeparator());
        }
    }

    @Test
    void aPortThatCannotBeIsAUsageError() {
        assertThat(run("up", "--port=70000", "--dir=" + state)).isEqualTo(2);
        assertThat(error.toString()).contains("--port is 70000");
    }

    @Test
    void aStateDirectoryThatIsAFileIsAFailure() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThat(run("up", "--dir=" + file)).isEqualTo(1);
        assertThat(error.toString()).startsWith("vaestream: cannot make directory " + file);
        assertThat(lines()).isEqualTo(1);
    }

    @Test
    void aClientSaysHowToStartWhatItNeeds() {
        assertThat(run("run", "list", "--dir=" + state)).isEqualTo(1);
        assertThat(error)
                .hasToString("vaestream: nothing runs in %s; start it with: ./vaestream up".formatted(state)
                        + System.lineSeparator());
    }

    @Test
    void whatDoesNotRunIsStoppedAlready() {
        assertThat(run("down", "--dir=" + state)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("nothing", state);
    }

    @Test
    void theHelpNamesEveryOption() {
        StringWriter help = new StringWriter();

        assertThat(Vaestream.commandLine(surroundings(), new PrintWriter(help), new PrintWriter(error))
                        .execute("demo", "--help"))
                .isZero();
        assertThat(help.toString()).contains("--epochs", "--keep-running", "--data", "--dir", "--port");
    }

    @Test
    void theVersionIsTheBuilds() {
        StringWriter version = new StringWriter();

        assertThat(Vaestream.commandLine(surroundings(), new PrintWriter(version), new PrintWriter(error))
                        .execute("--version"))
                .isZero();
        assertThat(version.toString()).matches("vaestream \\d+\\.\\d+\\.\\d+.*\\R");
    }

    @Test
    void theCompletionKnowsEveryCommand() {
        assertThat(run("completion")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("demo", "up", "down", "status", "stream", "sample")
                .contains("checkpoint", "alias", "rollback", "promote", "verify", "replay", "export", "saved-model");
    }

    private int run(String... arguments) {
        return Vaestream.commandLine(
                        surroundings(), new PrintWriter(out, true, StandardCharsets.UTF_8), new PrintWriter(error))
                .execute(arguments);
    }

    private Surroundings surroundings() {
        return new Surroundings(Path.of(".."), new PrintStream(out, true, StandardCharsets.UTF_8), 0, Glyphs.ASCII);
    }

    private long lines() {
        return error.toString().lines().count();
    }

    private Path dataset() throws IOException {
        Path dataset = Files.createDirectory(directory.resolve("digits"));
        Files.write(dataset.resolve("train-images-idx3-ubyte"), new byte[16]);
        Files.write(dataset.resolve("train-labels-idx1-ubyte"), new byte[8]);
        return dataset;
    }
}
