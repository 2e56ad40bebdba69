package dev.vaestream.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StreamSpec;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunAdmissionTest {
    private static final StreamSpec STREAM = TestingStreams.fromDataset(Sha256.of(new byte[0]), 40, 2, 1);
    private static final String MODEL = ",'model':{'decoder':[8,6]}";

    @Test
    void aRunOfTheWholeStreamIsAdmitted() {
        assertThatCode(() -> RunAdmission.check(spec("'steps':20" + MODEL), STREAM))
                .doesNotThrowAnyException();
    }

    @Test
    void aRunOfTheStreamsEndIsAdmitted() {
        assertThatCode(() -> RunAdmission.check(spec("'firstSequence':15,'steps':5" + MODEL), STREAM))
                .doesNotThrowAnyException();
    }

    @Test
    void aStreamFromOutsideMayGrowAsLongAsItLikes() {
        RunSpec spec = spec("'steps':9000000000" + MODEL);

        assertThatCode(() -> RunAdmission.check(spec, TestingStreams.external(1)))
                .doesNotThrowAnyException();
    }

    static Stream<Arguments> unfit() {
        return Stream.of(
                Arguments.of(
                        "'steps':21" + MODEL,
                        "spec.steps",
                        "is 21; stream 's' has 20 batches from batch 0 on, and grows by more epochs"),
                Arguments.of(
                        "'firstSequence':15,'steps':6" + MODEL,
                        "spec.steps",
                        "is 6; stream 's' has 5 batches from batch 15 on, and grows by more epochs"),
                Arguments.of(
                        "'firstSequence':9223372036854775807,'steps':9223372036854775807" + MODEL,
                        "spec.steps",
                        "is 9223372036854775807; stream 's' has 0 batches from batch 9223372036854775807 on,"
                                + " and grows by more epochs"),
                Arguments.of(
                        "'steps':20",
                        "spec.model.decoder",
                        "its last layer makes 784 pixels; the images of stream 's' are 2x3 and have 6"),
                Arguments.of(
                        "'steps':20,'model':{'decoder':[6],'classes':9}",
                        "spec.model.classes",
                        "is 9; stream 's' has 10"));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void aRunThatDoesNotFitItsStreamIsRefusedWithTheField(String fields, String field, String reason) {
        RunSpec spec = spec(fields);

        assertThatThrownBy(() -> RunAdmission.check(spec, STREAM))
                .isInstanceOf(RefusedException.class)
                .hasMessage("Field " + field + ": " + reason)
                .returns(Map.of("field", field), e -> ((RefusedException) e).members());
    }

    static Stream<Arguments> unfitForks() {
        return Stream.of(
                Arguments.of(
                        "'stream':'other','steps':20,'forkedFrom':{'run':'a','step':5}",
                        "spec.stream",
                        "is 'other'; run 'a' has 's', and a fork goes on in the same stream"),
                Arguments.of(
                        "'stream':'s','firstSequence':1,'steps':19,'forkedFrom':{'run':'a','step':5}",
                        "spec.firstSequence",
                        "is 1; run 'a' has 0, and its fork begins where it began"),
                Arguments.of(
                        "'stream':'s','steps':20,'forkedFrom':{'run':'a','step':11}",
                        "spec.forkedFrom.step",
                        "is 11; run 'a' has 10 steps"));
    }

    @ParameterizedTest
    @MethodSource("unfitForks")
    void aForkThatDoesNotFitItsSourceIsRefusedWithTheField(String fields, String field, String reason) {
        RunSpec fork = Json.read(("{" + fields + "}").replace('\'', '"').getBytes(UTF_8), RunSpec.class);
        RunSpec source = spec("'steps':10");

        assertThatThrownBy(() -> RunAdmission.checkFork(fork, Objects.requireNonNull(fork.forkedFrom()), source))
                .isInstanceOf(RefusedException.class)
                .hasMessage("Field " + field + ": " + reason)
                .returns(Map.of("field", field), e -> ((RefusedException) e).members());
    }

    static Stream<Arguments> unfitEvaluations() {
        return Stream.of(
                Arguments.of(
                        "'evaluation':{'stream':'s'}",
                        "spec.model.decoder",
                        "its last layer makes 784 pixels; the images of stream 's' are 2x3 and have 6"),
                Arguments.of(
                        "'evaluation':{'stream':'s','batches':21}" + MODEL,
                        "spec.evaluation.batches",
                        "is 21; stream 's' has 20 batches, and grows by more epochs"),
                Arguments.of(
                        "'evaluation':{'stream':'x'}" + MODEL,
                        "spec.evaluation.batches",
                        "is missing; stream 'x' has no dataset, so say how many of its batches are meant"));
    }

    @ParameterizedTest
    @MethodSource("unfitEvaluations")
    void anEvaluationThatDoesNotFitItsStreamIsRefusedWithTheField(String fields, String field, String reason) {
        RunSpec spec = spec(fields);

        assertThatThrownBy(() -> RunAdmission.checkEvaluation(spec, RunAdmissionTest::stream))
                .isInstanceOf(RefusedException.class)
                .hasMessage("Field " + field + ": " + reason)
                .returns(Map.of("field", field), e -> ((RefusedException) e).members());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'steps':5",
                "'evaluation':{'stream':'s'}" + MODEL,
                "'evaluation':{'stream':'s','batches':20}" + MODEL,
                "'evaluation':{'stream':'x','batches':9000000000}" + MODEL
            })
    void anEvaluationThatFitsItsStreamIsAdmitted(String fields) {
        RunSpec spec = spec(fields);

        assertThatCode(() -> RunAdmission.checkEvaluation(spec, RunAdmissionTest::stream))
                .doesNotThrowAnyException();
    }

    private static StreamSpec stream(String name) {
        return name.equals("s") ? STREAM : TestingStreams.external(1);
    }

    private static RunSpec spec(String fields) {
        return Json.read(("{'stream':'s'," + fields + "}").replace('\'', '"').getBytes(UTF_8), RunSpec.class);
    }
}
