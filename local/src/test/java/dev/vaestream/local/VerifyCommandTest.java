package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.CheckpointSummary;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.RunStatus;
import dev.vaestream.contracts.Verification;
import dev.vaestream.contracts.Verification.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
    private static final Fault ARRAY = new Fault("array params.decoder.Dense_0.bias of params.safetensors", "11", "22");
    private static final Fault CHAIN = new Fault("parent of step 900", "step 500 with digest 33", "44");

    @TempDir
    Path directory;

    private CommandFixture commands;

    @BeforeEach
    void store() throws IOException {
        commands = new CommandFixture(directory);
        answer(
                "GET /v1/runs/demo",
                new RunStatus(Examples.identity("demo", RunSpec.defaults("mnist", 2_000)), List.of(500L, 900L), null));
        listed(Examples.summary(500, null), Examples.summary(900, 500L));
        verified(500);
        verified(900);
    }

    @AfterEach
    void close() {
        commands.close();
    }

    @Test
    void whatHoldsIsSaidInALineEach() {
        assertThat(commands.run("verify", "demo")).isZero();
        assertThat(commands.lines())
                .containsExactly(
                        "500       %s  5,908,424 bytes  holds".formatted(Examples.digest(500)),
                        "900       %s  5,908,424 bytes  holds".formatted(Examples.digest(900)),
                        "chain     2 checkpoints, each after the one before it; 0 parents are no longer kept");
    }

    @Test
    void anArrayThatHasRottedIsNamed() {
        verified(900, ARRAY);

        assertThat(commands.run("verify", "demo")).isEqualTo(1);
        assertThat(commands.lines())
                .contains(
                        "900       %s  5,908,424 bytes  does not hold: array params.decoder.Dense_0.bias of params.safetensors: expected 11, found 22"
                                .formatted(Examples.digest(900)));
    }

    @Test
    void aFaultInTheChainIsToldOnce() {
        listed(Examples.summary(500, null), Examples.summary(900, 500L), Examples.summary(1_000, 900L));
        verified(900, CHAIN);
        verified(1_000, CHAIN);

        assertThat(commands.run("verify", "demo")).isEqualTo(1);
        assertThat(commands.lines())
                .filteredOn(line -> line.contains("does not hold"))
                .containsExactly(
                        "900       %s  5,908,424 bytes  does not hold: parent of step 900: expected step 500 with digest 33, found 44"
                                .formatted(Examples.digest(900)),
                        "1000      %s  5,908,424 bytes  does not hold: as above".formatted(Examples.digest(1_000)));
    }

    @Test
    void aManifestThatIsListedNoMoreIsFoundByItsChild() {
        listed(Examples.summary(900, 500L));
        verified(500, new Fault("manifest", "the manifest of demo/500", "Field digest: is 1"));

        assertThat(commands.run("verify", "demo")).isEqualTo(1);
        assertThat(commands.lines())
                .anyMatch(line -> line.startsWith("500       no digest  ") && line.contains("does not hold: manifest"));
    }

    @Test
    void theLastManifestIsLookedForToo() {
        verified(2_000, new Fault("manifest", "the manifest of demo/2000", "is empty"));

        assertThat(commands.run("verify", "demo")).isEqualTo(1);
    }

    @Test
    void aParentThatIsGoneIsNoFault() {
        listed(Examples.summary(900, 700L));

        assertThat(commands.run("verify", "demo")).isZero();
        assertThat(commands.lines())
                .hasSize(2)
                .contains("chain     1 checkpoints, each after the one before it; 1 parents are no longer kept");
    }

    @Test
    void aChainThatBreaksIsAFault() {
        listed(Examples.summary(500, null), Examples.summary(900, null));

        assertThat(commands.run("verify", "demo")).isEqualTo(1);
        assertThat(commands.lines()).contains("chain     checkpoint 900 has no parent, though 500 was before it");
    }

    @Test
    void oneCheckpointIsReadAlone() {
        verified(500, ARRAY);

        assertThat(commands.run("verify", "demo", "900")).isZero();
        assertThat(commands.lines())
                .containsExactly("900       %s  5,908,424 bytes  holds".formatted(Examples.digest(900)));
    }

    @Test
    void aCheckpointThatIsNotThereIsAFailure() {
        assertThat(commands.run("verify", "demo", "700")).isEqualTo(1);
        assertThat(commands.failure())
                .isEqualTo("vaestream: there is no checkpoint demo/700; see: ./vaestream checkpoint list demo");
    }

    @Test
    void aStoreThatDoesNotAnswerIsNoAnswer() {
        commands.services()
                .answer(
                        "POST /v1/runs/demo/checkpoints/500/verification",
                        503,
                        "{\"title\":\"Object storage is not available\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(commands.run("verify", "demo")).isEqualTo(1);
        assertThat(commands.failure()).isEqualTo("vaestream: Object storage is not available");
    }

    private void listed(CheckpointSummary... checkpoints) {
        answer("GET /v1/runs/demo/checkpoints", checkpoints);
    }

    private void verified(long step, Fault... faults) {
        answer(
                "POST /v1/runs/demo/checkpoints/%d/verification".formatted(step),
                new Verification("demo", step, 2, 40, 5_908_424, List.of(faults)));
    }

    private void answer(String call, Object body) {
        commands.services().answer(call, 200, Json.write(body));
    }
}
