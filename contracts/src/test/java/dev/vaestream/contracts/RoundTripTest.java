package dev.vaestream.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoundTripTest {
    private static final Instant AT = Instant.parse("2026-01-31T12:00:00.123456Z");
    private static final Sha256 DIGEST = Sha256.of(new byte[] {1});
    private static final NumericFingerprint NUMERIC =
            new NumericFingerprint("2.18.0", "cpu", "amd64", "avx2", false, 1);
    private static final RunSpec SPEC = RunSpec.defaults("mnist", 7);
    private static final RunIdentity IDENTITY = new RunIdentity(
            "a", SPEC, SPEC.digest(), new ImageShape(28, 28), 16, "batches.mnist", "topic", "cluster", DIGEST, NUMERIC);

    private static final AliasMove MOVE =
            new AliasMove("a", "best", 2, 5, DIGEST, 4L, new AliasGuard.Better(CheckpointMetric.KL), "better", AT);

    static Stream<Object> values() {
        return Stream.of(
                new RunRequest("a", SPEC),
                new RunEvent("a", RunEvent.State.QUEUED, 0, null, null, AT),
                new RunEvent("a", RunEvent.State.FAILED, 5, "stream 'm' is gone", null, AT),
                new RunEvent("a", RunEvent.State.COMPLETED, 7, null, DIGEST, AT),
                new CheckpointEvent("a", 5, CheckpointEvent.Change.COMMITTED, DIGEST, AT),
                CheckpointEvent.of(MOVE),
                MOVE,
                new AliasMove("a", "best", 1, 5, DIGEST, null, null, null, AT),
                new AliasRequest(5, new AliasGuard.Better(CheckpointMetric.EVALUATION_LOSS), "why"),
                new AliasRequest(5, new AliasGuard.SameCanary(DIGEST), null),
                new AliasRequest(5, null, null),
                new AliasRollback("why"),
                new PinRequest(5, Duration.ofMinutes(3)),
                LineageTest.example(),
                new CheckpointSummary(
                        5,
                        DIGEST,
                        4L,
                        AT,
                        Map.of(CheckpointMetric.EVALUATION_KL, 0.5),
                        List.of("b"),
                        true,
                        false,
                        true),
                new Verification("a", 5, 2, 3, 4, List.of(new Verification.Fault("blob", "this", "that"))),
                new StreamRequest("s", "mnist", null, null, 16, 10, true, 65_535L, 2),
                new StreamRequest("s", null, new ImageShape(28, 28), 10, null, null, null, null, null),
                new StreamStatus(
                        new StreamSpec("s", null, null, 0, new ImageShape(2, 2), 10, 16, 0, false, 0, 1),
                        "batches.s",
                        3),
                new WriterClaim("trainer-1", IDENTITY),
                new WriterGrant("a", 2),
                IDENTITY,
                new RunStatus(IDENTITY, List.of(1L, 2L), null),
                Blob.of(Blob.PARAMS, new byte[] {1}));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aReadValueIsTheWrittenOne(Object value) {
        assertThat(Json.<Object>read(Json.write(value), type(value))).isEqualTo(value);
    }

    @Test
    void aMetricsEventIsReadByItsType() {
        MetricsEvent event = new MetricsEvent.Window("a", 101, 0, 100, new Losses(49.4, 49.1, 0.7), 1e-4, 12.5, 9000);

        assertThat(Json.read(Json.write(event), MetricsEvent.class)).isEqualTo(event);
    }

    @Test
    void anEvaluationIsAMetricsEvent() {
        MetricsEvent event =
                new MetricsEvent.Evaluation("a", 500, 0, new EvaluationResult(new Losses(9, 8, 2), 625, DIGEST));

        assertThat(Json.write(event)).asString(UTF_8).contains("\"type\":\"evaluation\"");
        assertThat(Json.read(Json.write(event), MetricsEvent.class)).isEqualTo(event);
    }

    @Test
    void aMetricsEventCarriesItsType() {
        MetricsEvent event = new MetricsEvent.Epoch("a", 3750, 0, 3750, new Losses(20, 19, 2));

        assertThat(Json.write(event)).asString(UTF_8).contains("\"type\":\"epoch\"");
    }

    @Test
    void aFailedRunHasAReason() {
        assertThatThrownBy(() -> new RunEvent("a", RunEvent.State.FAILED, 5, null, null, AT))
                .hasMessage("a run has a reason exactly when it has failed");
    }

    @Test
    void aCheckpointEventIsKeyedByRunAndStep() {
        CheckpointEvent event = new CheckpointEvent("a", 5, CheckpointEvent.Change.RETIRED, DIGEST, AT);

        assertThat(event.key()).isEqualTo("a/5");
    }

    @Test
    void anAliasEventIsKeyedByItsAlias() {
        assertThat(CheckpointEvent.of(MOVE).key()).isEqualTo("a/aliases/best");
    }

    @Test
    void onlyAnAliasEventNamesAnAlias() {
        assertThatThrownBy(() -> new CheckpointEvent("a", 5, CheckpointEvent.Change.RETIRED, "best", DIGEST, AT))
                .hasMessage("change is RETIRED; an alias-moved event names an alias, no other does");
    }

    @Test
    void aPinLastsTenSecondsToAnHour() {
        assertThat(new PinRequest(5, Duration.ZERO).ttl()).isEqualTo(Duration.ofSeconds(10));
        assertThat(new PinRequest(5, Duration.ofDays(1)).ttl()).isEqualTo(Duration.ofHours(1));
    }

    @SuppressWarnings("unchecked") // a value is of its own class
    private static Class<Object> type(Object value) {
        return (Class<Object>) value.getClass();
    }
}
