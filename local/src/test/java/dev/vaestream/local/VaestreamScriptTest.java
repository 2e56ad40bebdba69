package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./vaestream} in a copy of the repository's layout, with stand-ins for Java and Maven. */
class VaestreamScriptTest {
    private static final List<String> TOOLS = List.of(
            "awk", "cat", "dirname", "find", "head", "mkdir", "readlink", "sed", "tail", "touch", "tr", "uname");
    private static final List<String> SERVICES =
            List.of("ingest-service", "trainer-service", "checkpoint-service", "sampler-service");

    @TempDir
    Path directory;

    private Path home;
    private Path tools;
    private Path elsewhere;

    @BeforeEach
    void layOut() throws IOException {
        home = Files.createDirectory(directory.resolve("a clone"));
        tools = Files.createDirectory(directory.resolve("tools"));
        elsewhere = Files.createDirectory(directory.resolve("else where"));
        Files.copy(Path.of("../vaestream"), home.resolve("vaestream"));
        source("pom.xml");
        for (String module : List.of("contracts", "http-security", "learning/random", "vae", "local")) {
            source(module + "/src/main/java/Some.java");
        }
        for (String service : SERVICES) {
            source(service + "/src/main/java/Some.java");
        }
        for (String tool : TOOLS) {
            Path real = Stream.of("/usr/bin", "/bin")
                    .map(bin -> Path.of(bin, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
            Files.createSymbolicLink(tools.resolve(tool), real);
        }
        java("17.0.1");
        tool("javac", "exit 0");
        maven("3.9.9", "exit 0");
    }

    @Test
    void whatIsBuiltIsRunWhereTheUserIs() throws Exception {
        buildAll();

        Result result = run("sample", "-o", "my digits.png");

        assertThat(result.exitCode).isZero();
        assertThat(result.error).isEmpty();
        assertThat(result.output)
                .contains("in " + elsewhere.toRealPath())
                .contains("-Dvaestream.home=" + home.toRealPath())
                .contains("-jar " + home.toRealPath().resolve("local/target/local.jar") + "|sample|-o|my digits.png|");
    }

    @Test
    void theScriptCanBeCalledThroughALink() throws Exception {
        buildAll();
        Path link = Files.createSymbolicLink(directory.resolve("link"), home.resolve("vaestream"));

        assertThat(start(link).output).contains("-Dvaestream.home=" + home.toRealPath());
    }

    @Test
    void withoutJavaOneLineSaysWhatToInstall() throws Exception {
        Files.delete(tools.resolve("java"));

        Result result = run();

        assertThat(result.exitCode).isEqualTo(1);
        assertThat(result.error).startsWith("vaestream: no Java was found; a JDK 17 or newer is needed: ");
        assertThat(result.error.lines()).hasSize(1);
    }

    @Test
    void anOldJavaIsNamed() throws Exception {
        java("11.0.2");

        assertThat(run().error)
                .startsWith(
                        "vaestream: %s is version 11; a JDK 17 or newer is needed: ".formatted(tools.resolve("java")))
                .hasLineCount(1);
    }

    @Test
    void withoutMavenOneLineSaysWhatToInstall() throws Exception {
        Files.delete(tools.resolve("mvn"));

        assertThat(run().error)
                .startsWith("vaestream: Maven was not found; 3.8.6 or newer is needed: ")
                .hasLineCount(1);
    }

    @Test
    void anOldMavenIsNamed() throws Exception {
        maven("3.6.3", "exit 0");

        assertThat(run().error)
                .startsWith("vaestream: Maven is version 3.6.3; 3.8.6 or newer is needed: ")
                .hasLineCount(1);
    }

    @Test
    void mavenIsNotNeededWhereNothingIsToBeBuilt() throws Exception {
        buildAll();
        Files.delete(tools.resolve("mvn"));

        assertThat(run().exitCode).isZero();
    }

    @Test
    void whatIsNotBuiltIsBuiltOnce() throws Exception {
        maven("3.9.9", buildScript());

        assertThat(run().error).startsWith("building  for the first time").hasLineCount(1);
        assertThat(run().error).isEmpty();
    }

    @Test
    void changedSourcesAreBuiltAgain() throws Exception {
        buildAll();
        Path changed = home.resolve("vae/src/main/java/Some.java");
        Files.setLastModifiedTime(changed, FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(run().error).startsWith("building  again, since sources have changed");
    }

    @Test
    void aFailedBuildShowsItsEndAndItsLog() throws Exception {
        maven("3.9.9", "echo 'cannot compile Some.java'\nexit 1");

        Result result = run();

        assertThat(result.exitCode).isEqualTo(1);
        assertThat(result.error)
                .contains("cannot compile Some.java")
                .contains("vaestream: the build failed; its log is "
                        + home.toRealPath().resolve("target/build.log"));
    }

    private void source(String file) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "");
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(3_600)));
    }

    private void buildAll() throws IOException {
        List<String> outputs = Stream.concat(
                        Stream.of("local/target/local.jar"),
                        SERVICES.stream().map(service -> service + "/target/quarkus-app/quarkus-run.jar"))
                .toList();
        for (String output : outputs) {
            Path path = home.resolve(output);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "");
        }
    }

    private static String buildScript() {
        StringBuilder script = new StringBuilder("mkdir -p local/target && touch local/target/local.jar\n");
        SERVICES.forEach(service ->
                script.append("mkdir -p %1$s/target/quarkus-app && touch %1$s/target/quarkus-app/quarkus-run.jar\n"
                        .formatted(service)));
        return script.toString();
    }

    private void java(String version) throws IOException {
        tool("java", """
                if [ "$1" = -version ]; then
                  echo 'openjdk version "%s" 2025-04-15' >&2
                else
                  echo "in $PWD"
                  while [ "$1" != -jar ]; do echo "$1"; shift; done
                  printf '%%s ' "$1"; shift
                  printf '%%s|' "$@"
                fi
                """.formatted(version));
    }

    private void maven(String version, String build) throws IOException {
        tool(
                "mvn",
                "if [ \"$1\" = -version ]; then echo 'Apache Maven %s (abc)'; exit 0; fi\n%s\n"
                        .formatted(version, build));
    }

    private void tool(String name, String script) throws IOException {
        Path file = tools.resolve(name);
        Files.writeString(file, "#!/bin/bash\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Result run(String... arguments) throws Exception {
        return start(home.resolve("vaestream"), arguments);
    }

    private Result start(Path script, String... arguments) throws Exception {
        Path error = directory.resolve("error");
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(Stream.of("/bin/bash", script.toString()), Stream.of(arguments))
                                .toList())
                .directory(elsewhere.toFile())
                .redirectError(error.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), output, Files.readString(error));
    }

    private record Result(int exitCode, String output, String error) {}
}
