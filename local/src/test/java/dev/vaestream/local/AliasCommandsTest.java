package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.AliasGuard;
import dev.vaestream.contracts.AliasMove;
import dev.vaestream.contracts.CheckpointMetric;
import dev.vaestream.contracts.CheckpointSummary;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AliasCommandsTest {
    private static final Sha256 IMAGE = Sha256.of(new byte[] {1});
    private static final String PUT = "PUT /v1/runs/demo/aliases/production";
    private static final AliasMove FIRST =
            new AliasMove("demo", "production", 1, 1_500, Sha256.EMPTY, null, null, null, at(4));
    private static final AliasMove SECOND = new AliasMove(
            "demo",
            "production",
            2,
            2_000,
            Sha256.EMPTY,
            1_500L,
            new AliasGuard.Better(CheckpointMetric.EVALUATION_LOSS),
            "sharper\nsevens",
            at(5));

    @TempDir
    Path directory;

    private CommandFixture commands;

    @BeforeEach
    void store() throws IOException {
        commands = new CommandFixture(directory);
        answer(PUT, SECOND);
        answer("GET /v1/runs/demo/aliases/production", SECOND);
    }

    @AfterEach
    void close() {
        commands.close();
    }

    @Test
    void anAliasIsSetToAStepWithItsReason() {
        assertThat(commands.run("alias", "set", "demo", "production", "2000", "--reason=sharper sevens"))
                .isZero();

        assertThat(commands.services().body(PUT)).isEqualTo("{\"reason\":\"sharper sevens\",\"step\":2000}");
        assertThat(commands.lines()).containsExactly("alias     production: demo/2000, move 2, before at 1500");
    }

    @Test
    void anAliasIsSetToWhereAnotherPoints() {
        answer("PUT /v1/runs/demo/aliases/shown", FIRST);

        assertThat(commands.run("alias", "set", "demo", "shown", "production")).isZero();
        assertThat(commands.services().body("PUT /v1/runs/demo/aliases/shown")).isEqualTo("{\"step\":2000}");
    }

    @Test
    void theBestIsResolvedBeforeTheAliasMoves() {
        Manifest best = Examples.manifest("demo", 1_500, null, Examples.file(1), Examples.file(2));
        commands.services().answer("GET /v1/runs/demo/checkpoints/best", 200, best.encode());

        assertThat(commands.run("promote", "demo", "best")).isZero();
        assertThat(commands.services().body(PUT)).isEqualTo("{\"step\":1500}");
    }

    @Test
    void promotionMayDependOnAMetric() {
        assertThat(commands.run("promote", "demo", "2000", "--if-better=evaluation.loss"))
                .isZero();
        assertThat(commands.services().body(PUT))
                .isEqualTo("{\"guard\":{\"better\":\"evaluation.loss\"},\"step\":2000}");
    }

    @Test
    void promotionMayDependOnAnImage() {
        assertThat(commands.run("promote", "demo", "2000", "--if-canary=" + IMAGE))
                .isZero();
        assertThat(commands.services().body(PUT))
                .isEqualTo("{\"guard\":{\"canary\":\"%s\"},\"step\":2000}".formatted(IMAGE));
    }

    @Test
    void twoConditionsAtOnceAreAUsageError() {
        assertThat(commands.run("promote", "demo", "2000", "--if-better=loss", "--if-canary=" + IMAGE))
                .isEqualTo(2);
        assertThat(commands.failure()).contains("--if-better", "--if-canary");
    }

    @Test
    void aConditionThatIsNoDigestIsAUsageError() {
        assertThat(commands.run("promote", "demo", "2000", "--if-canary=abc")).isEqualTo(2);
        assertThat(commands.failure())
                .isEqualTo("vaestream: digest is 'abc'; it must be 64 lower-case hexadecimal digits");
    }

    @Test
    void aPromotionThatIsNotMadeIsAFailureWithTheServicesReason() {
        commands.services()
                .answer(
                        PUT,
                        409,
                        "{\"title\":\"The alias' guard does not hold\",\"detail\":\"its loss is 14, that of step 2000 is 15\"}"
                                .getBytes(StandardCharsets.UTF_8));

        assertThat(commands.run("promote", "demo", "2000", "--if-better=loss")).isEqualTo(1);
        assertThat(commands.failure())
                .isEqualTo("vaestream: The alias' guard does not hold: its loss is 14, that of step 2000 is 15");
    }

    @Test
    void aliasesAreATable() {
        answer("GET /v1/runs/demo/aliases", List.of(SECOND));

        assertThat(commands.run("alias", "list", "demo")).isZero();
        assertThat(commands.lines())
                .containsExactly(
                        "ALIAS       STEP  MOVE  SINCE                 REASON",
                        "production  2000  2     2026-01-02T03:04:05Z  sharper sevens");
    }

    @Test
    void theHistoryHasEveryMove() {
        answer("GET /v1/runs/demo/aliases/production/history", List.of(FIRST, SECOND));

        assertThat(commands.run("alias", "history", "demo", "production")).isZero();
        assertThat(commands.lines())
                .containsExactly(
                        "MOVE  AT                    STEP  BEFORE  GUARD                         REASON",
                        "1     2026-01-02T03:04:04Z  1500  -       -                             -",
                        "2     2026-01-02T03:04:05Z  2000  1500    {\"better\":\"evaluation.loss\"}  sharper sevens");
    }

    @Test
    void aRollbackIsOneMoreMove() {
        String call = "POST /v1/runs/demo/aliases/production/rollback";
        answer(call, new AliasMove("demo", "production", 3, 1_500, Sha256.EMPTY, 2_000L, null, "blurred", at(6)));

        assertThat(commands.run("alias", "rollback", "demo", "production", "--reason=blurred"))
                .isZero();
        assertThat(commands.services().body(call)).isEqualTo("{\"reason\":\"blurred\"}");
        assertThat(commands.lines()).containsExactly("alias     production: demo/1500, move 3, before at 2000");
    }

    @Test
    void aNameThatCannotBeOneReachesTheServiceWhole() {
        assertThat(commands.run("alias", "list", "de mo/..")).isEqualTo(1);
        assertThat(commands.services().calls()).contains("GET /v1/runs/de%20mo%2F../aliases");
    }

    @Test
    void checkpointsAreATableWithTheReasonForEach() {
        answer(
                "GET /v1/runs/demo/checkpoints",
                List.of(
                        summary(500, Map.of(), List.of(), false, false, true),
                        summary(1_000, Map.of(CheckpointMetric.LOSS, 20.0), List.of(), false, false, false),
                        summary(1_500, Map.of(CheckpointMetric.LOSS, 15.25), List.of("a", "b"), true, true, false),
                        summary(
                                2_000,
                                Map.of(CheckpointMetric.LOSS, 15.5, CheckpointMetric.EVALUATION_LOSS, 16.125),
                                List.of(),
                                false,
                                false,
                                false)));

        assertThat(commands.run("checkpoint", "list", "demo")).isZero();
        assertThat(commands.lines())
                .containsExactly(
                        "STEP  LOSS     EVALUATION  ALIASES  KEPT                   DIGEST",
                        "500   -        -           -        being deleted          " + short8(500),
                        "1000  20.0000  -           -        by the run's options   " + short8(1_000),
                        "1500  15.2500  -           a b      best, alias, read now  " + short8(1_500),
                        "2000  15.5000  16.1250     -        newest                 " + short8(2_000));
    }

    private static CheckpointSummary summary(
            long step,
            Map<CheckpointMetric, Double> metrics,
            List<String> aliases,
            boolean pinned,
            boolean best,
            boolean retiring) {
        return new CheckpointSummary(
                step, Examples.digest(step), null, Instant.EPOCH, metrics, aliases, pinned, best, retiring);
    }

    private static String short8(long step) {
        return Examples.digest(step).abbreviated();
    }

    private static Instant at(int second) {
        return Instant.parse("2026-01-02T03:04:00.5Z").plusSeconds(second);
    }

    private void answer(String call, Object body) {
        commands.services().answer(call, 200, Json.write(body));
    }
}
