package dev.vaestream.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The command against a real broker, with the services' answers made up. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoctorCommandTest {
    private static final byte[] UP = "{\"status\":\"UP\",\"checks\":[]}".getBytes(UTF_8);

    private Path directory;
    private LocalCluster broker;
    private CommandFixture commands;

    @BeforeAll
    void startBroker(@TempDir Path temporary) {
        directory = temporary;
        broker = LocalCluster.start(
                ClusterOptions.of(Path.of(".."), temporary.resolve("state"))
                        .withAnyPorts()
                        .withoutServices(),
                notice -> {});
    }

    @AfterAll
    void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void startServices() throws Exception {
        String address = broker.addresses().bootstrapServers();
        commands = new CommandFixture(directory, Integer.parseInt(address.replaceAll(".*:", "")));
        commands.services().answer("GET /q/health/ready", 200, UP);
    }

    @AfterEach
    void stopServices() {
        commands.close();
    }

    @Test
    void aHealthyDeploymentIsOkLineByLine() {
        assertThat(commands.run("doctor")).isZero();

        assertThat(commands.lines()).allMatch(line -> line.startsWith("ok  "));
        assertThat(commands.lines())
                .anyMatch(line -> line.contains("checkpoint") && line.contains("ready at http://127.0.0.1:"))
                .anyMatch(line -> line.contains("sampler's clock") && line.endsWith("as here"))
                .anyMatch(line -> line.contains("topic runs") && line.endsWith("8 partitions, 1 replicas"));
    }

    @Test
    void aServiceThatIsNotReadySaysWhy() {
        commands.services()
                .answer(
                        "GET /q/health/ready",
                        503,
                        "{\"status\":\"DOWN\",\"checks\":[{\"name\":\"object storage\",\"status\":\"DOWN\",\"data\":{\"reason\":\"two of two creates won\"}}]}"
                                .getBytes(UTF_8));

        assertThat(commands.run("doctor")).isEqualTo(1);

        assertThat(commands.lines())
                .anyMatch(line -> line.startsWith("BAD")
                        && line.contains("checkpoint")
                        && line.contains("not ready: object storage: two of two creates won"));
    }

    @Test
    void onlyWhatIsNamedIsLookedAt() throws Exception {
        FakeServices ended = new FakeServices();
        String address = "http://127.0.0.1:" + ended.port();
        ended.close();

        assertThat(commands.run("doctor", "--sampler=" + address)).isEqualTo(1);

        assertThat(commands.lines()).singleElement().asString().contains("does not answer at " + address);
    }

    @Test
    void aPrefixWithoutTopicsHasNone() {
        String kafka = broker.addresses().bootstrapServers();

        assertThat(commands.run("doctor", "--kafka=" + kafka, "--topic-prefix=other."))
                .isEqualTo(1);

        assertThat(commands.lines())
                .filteredOn(line -> line.startsWith("BAD"))
                .hasSize(7)
                .allMatch(line -> line.contains("topic other.") && line.contains("is not there"));
    }

    @Test
    void whatIsNoAddressIsAUsageError() {
        assertThat(commands.run("doctor", "--ingest=somewhere")).isEqualTo(2);

        assertThat(commands.failure()).contains("--ingest is 'somewhere'");
    }

    @Test
    void aClockThatIsOffIsNamedWithItsDirection() {
        Instant here = Instant.parse("2026-01-01T00:00:00Z");

        assertThat(ServiceExam.clock(Member.TRAINER, here.plusSeconds(2), here).holds())
                .isTrue();
        assertThat(ServiceExam.clock(Member.TRAINER, here.minusSeconds(90), here)
                        .text())
                .startsWith("90 s behind this machine's");
    }
}
