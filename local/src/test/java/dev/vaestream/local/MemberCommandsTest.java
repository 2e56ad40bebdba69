package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MemberCommandsTest {
    private static final Credentials CREDENTIALS = new Credentials("access", "hidden");

    @TempDir
    Path installation;

    private MemberCommands commands;

    @BeforeEach
    void install() throws IOException {
        touch("local/target/local-agent.jar");
        for (Member member : List.of(Member.INGEST, Member.TRAINER, Member.CHECKPOINT, Member.SAMPLER)) {
            touch(member.title() + "-service/target/quarkus-app/quarkus-run.jar");
            touch(member.title() + "-service/target/quarkus-app/lib/main/tensorflow-core-native-linux-x86_64.jar");
        }
        commands = commands(Map.of(Member.TRAINER, List.of("-Dvaestream.trainer.name=other")));
    }

    @ParameterizedTest
    @EnumSource(Member.class)
    void everyMemberWatchesItsParentAndEndsWithoutMemory(Member member) {
        assertThat(commands.of(member).command())
                .contains("-javaagent:" + installation.resolve("local/target/local-agent.jar"))
                .contains("-XX:+ExitOnOutOfMemoryError")
                .anyMatch(argument -> argument.startsWith("-Xmx"));
    }

    @ParameterizedTest
    @EnumSource(Member.class)
    void noCommandLineShowsTheSecret(Member member) {
        assertThat(commands.of(member).command()).noneMatch(argument -> argument.contains("hidden"));
    }

    @Test
    void theCheckpointServiceGetsTheSecretByItsEnvironment() {
        assertThat(commands.of(Member.CHECKPOINT).environment())
                .containsEntry("VAESTREAM_CHECKPOINT_S3_ACCESS_KEY", "access")
                .containsEntry("VAESTREAM_CHECKPOINT_S3_SECRET_KEY", "hidden");
        assertThat(commands.of(Member.TRAINER).environment()).doesNotContainValue("hidden");
    }

    @Test
    void aTrainerForGpusIsToldToBeDeterministic() throws IOException {
        assertThat(commands.of(Member.TRAINER).environment()).doesNotContainKey("TF_DETERMINISTIC_OPS");

        touch("trainer-service/target/quarkus-app/lib/main/tensorflow-core-native-linux-x86_64-gpu.jar");

        assertThat(commands.of(Member.TRAINER).environment())
                .containsEntry("TF_DETERMINISTIC_OPS", "1")
                .containsEntry("TF_CUDNN_DETERMINISTIC", "1");
    }

    @ParameterizedTest
    @EnumSource(
            value = Member.class,
            names = {"INGEST", "TRAINER", "CHECKPOINT", "SAMPLER"})
    void servicesListenOnLoopbackAndKnowTheBroker(Member member) {
        assertThat(commands.of(member).command())
                .contains("-Dquarkus.http.host=127.0.0.1", "-Dkafka.bootstrap.servers=127.0.0.1:5")
                .contains("-Dquarkus.http.port=" + new Ports(1, 2, 3, 4, 5, 6, 7).of(member));
    }

    @Test
    void ingestKnowsEveryDataset() {
        assertThat(commands.of(Member.INGEST).command())
                .contains("-Dvaestream.ingest.datasets.mnist=" + installation.resolve("datasets/mnist"))
                .contains("-Dvaestream.ingest.datasets.mnist-test=" + installation.resolve("datasets/mnist/t10k"))
                .contains("-Dvaestream.ingest.datasets.fashion=/data/fashion");
    }

    @Test
    void anArgumentOfTheCallerComesLast() {
        assertThat(commands.of(Member.TRAINER).command())
                .containsSubsequence("-Dvaestream.trainer.name=trainer-0", "-Dvaestream.trainer.name=other", "-jar");
    }

    @Test
    void anotherOfAServiceHasItsOwnPortEnvironmentAndLog() {
        ChildCommand another = commands.another(
                Member.TRAINER, 8, Map.of("TF_ENABLE_ONEDNN_OPTS", "0"), List.of("-Dvaestream.trainer.name=third"));

        assertThat(another.command())
                .containsSubsequence(
                        "-Dvaestream.trainer.name=other",
                        "-Dquarkus.http.port=8",
                        "-Dvaestream.trainer.name=third",
                        "-jar");
        assertThat(another.environment())
                .containsEntry("TF_ENABLE_ONEDNN_OPTS", "0")
                .containsEntry("MALLOC_ARENA_MAX", "2");
        assertThat(another.log()).isNotEqualTo(commands.of(Member.TRAINER).log());
    }

    @Test
    void aMissingBuildIsNamed() throws IOException {
        Path jar = installation.resolve("trainer-service/target/quarkus-app/quarkus-run.jar");
        Files.delete(jar);

        assertThatThrownBy(() -> commands.of(Member.TRAINER))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("%s is not there; build it with: mvn -q -DskipTests package", jar);
    }

    private MemberCommands commands(Map<Member, List<String>> more) {
        ClusterState state =
                new ClusterState(new Ports(1, 2, 3, 4, 5, 6, 7), new TreeMap<>(Map.of("fashion", "/data/fashion")));
        return new MemberCommands(
                new Installation(installation),
                new StateDirectory(installation.resolve("state")),
                new ClusterSetup(state, new Addresses(state.ports()), CREDENTIALS),
                more);
    }

    private void touch(String file) throws IOException {
        Path path = installation.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "");
    }
}
