package dev.vaestream.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunSpecTest {
    private static final String CANONICAL =
            "{\"checkpoints\":{\"maxToKeep\":4,\"saveIntervalSteps\":500},\"firstSequence\":0,"
                    + "\"klWeight\":0.5,\"logEvery\":100,\"model\":{\"classes\":10,\"decoder\":[128,256,784],"
                    + "\"encoder\":[256,128,64],\"latentDim\":32},\"optimizer\":{\"adamw\":{\"b1\":0.9,\"b2\":0.999,"
                    + "\"eps\":1.0E-8,\"learningRate\":1.0E-4,\"weightDecay\":1.0E-4}},\"prng\":\"legacy\",\"seed\":65535,"
                    + "\"steps\":37500,\"stream\":\"mnist\"}";

    @Test
    void whatIsLeftOutHasTheTutorialsValue() {
        RunSpec spec = Json.read("{\"stream\":\"mnist\"}".getBytes(UTF_8), RunSpec.class);

        assertThat(spec)
                .isEqualTo(new RunSpec(
                        "mnist",
                        0,
                        37_500,
                        new ModelSpec(32, List.of(256, 128, 64), List.of(128, 256, 784), 10),
                        0.5,
                        65_535,
                        Prng.LEGACY,
                        OptimizerSpec.adamw(1e-4, 0.9, 0.999, 1e-8, 1e-4),
                        CheckpointOptions.of(500, 4),
                        100,
                        null,
                        null,
                        null,
                        null));
    }

    @Test
    void theTutorialsSpecIsWrittenCanonically() {
        assertThat(Json.write(RunSpec.defaults("mnist", 37_500)))
                .asString(UTF_8)
                .isEqualTo(CANONICAL);
    }

    @Test
    void theDigestIsThatOfTheCanonicalText() {
        assertThat(RunSpec.defaults("mnist", 37_500).digest())
                .isEqualTo(new Sha256("06eee9cfe124f4371daf76612e7154e092b9191a2e2f2b58897c29333ddb8a08"));
    }

    @Test
    void theOrderOfFieldsDoesNotChangeTheDigest() {
        RunSpec one = Json.read("{\"steps\":5,\"stream\":\"mnist\"}".getBytes(UTF_8), RunSpec.class);
        RunSpec other = Json.read("{ \"stream\": \"mnist\", \"steps\": 5 }".getBytes(UTF_8), RunSpec.class);

        assertThat(one.digest()).isEqualTo(other.digest());
    }

    @Test
    void aReadSpecIsTheWrittenOne() {
        RunSpec spec = RunSpec.defaults("mnist", 12);

        assertThat(Json.read(Json.write(spec), RunSpec.class)).isEqualTo(spec);
    }

    @Test
    void aRunThatBeginsWithACheckpointTakesAllOfItUnlessToldOtherwise() {
        RunSpec spec = read("{'stream': 'mnist', 'initializeFrom': {'run': 'demo', 'step': 500}}");

        assertThat(spec.initializeFrom()).isEqualTo(new InitializeFrom("demo", 500, List.of("**")));
        assertThat(Json.read(Json.write(spec), RunSpec.class)).isEqualTo(spec);
        assertThat(spec.digest())
                .isNotEqualTo(RunSpec.defaults("mnist", spec.steps()).digest());
    }

    @Test
    void aForkIsPartOfTheSpecWhereItIsNamed() {
        RunSpec spec = read("{'stream': 'mnist', 'forkedFrom': {'run': 'demo', 'step': 500}}");

        assertThat(spec.forkedFrom()).isEqualTo(new ForkedFrom("demo", 500));
        assertThat(Json.read(Json.write(spec), RunSpec.class)).isEqualTo(spec);
        assertThat(spec.digest())
                .isNotEqualTo(RunSpec.defaults("mnist", spec.steps()).digest());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'run': 'demo'} | forkedFrom.step",
                "{'run': 'Demo', 'step': 5} | Field forkedFrom.run: is 'Demo'",
                "{'run': 'demo', 'step': -1} | Field forkedFrom.step: is -1; it must be at least 0",
                "{'run': 'demo', 'step': 50} | Field steps: is 50; a run that is forked at step 50 must have more",
                "{'run': 'demo', 'step': 5}, 'initializeFrom': {'run': 'demo', 'step': 5} | Field forkedFrom: is given"
            })
    void aForkThatCannotBeIsNamed(String forkedFrom, String fault) {
        assertThatThrownBy(() -> read("{'stream': 'mnist', 'steps': 50, 'forkedFrom': %s}".formatted(forkedFrom)))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining(fault);
    }

    @Test
    void anEvaluationIsEveryFiveHundredStepsUnlessToldOtherwise() {
        RunSpec spec = read("{'stream': 'mnist', 'evaluation': {'stream': 'mnist-test'}}");

        assertThat(spec.evaluation()).isEqualTo(new EvaluationSpec("mnist-test", 500, 0, null));
        assertThat(Json.read(Json.write(spec), RunSpec.class)).isEqualTo(spec);
        assertThat(spec.digest())
                .isNotEqualTo(RunSpec.defaults("mnist", spec.steps()).digest());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | Field evaluation.stream: is missing",
                "{'stream': 'T'} | Field evaluation.stream: is 'T'",
                "{'stream': 't', 'everySteps': 0} | Field evaluation.everySteps: is 0; it must be at least 1",
                "{'stream': 't', 'seed': -1} | Field evaluation.seed: is -1; it must be 0 to 4294967295",
                "{'stream': 't', 'batches': 0} | Field evaluation.batches: is 0; it must be at least 1"
            })
    void anEvaluationThatCannotBeIsNamed(String evaluation, String fault) {
        assertThatThrownBy(() -> read("{'stream': 'mnist', 'evaluation': %s}".formatted(evaluation)))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining(fault);
    }

    @Test
    void anEvaluationIsDueAtItsMultiplesAndTheLastStep() {
        EvaluationSpec spec = new EvaluationSpec("t", 20, 0, null);

        assertThat(LongStream.rangeClosed(0, 50).filter(step -> spec.isDue(step, 50)))
                .containsExactly(0L, 20L, 40L, 50L);
    }

    @Test
    void anEvaluationIsOfTheDatasetOnceUnlessToldOtherwise() {
        StreamSpec tenEpochs = new StreamSpec("t", "d", Sha256.EMPTY, 35, new ImageShape(2, 2), 10, 8, 10, true, 0, 1);

        assertThat(new EvaluationSpec("t", 20, 0, null).batchesOf(tenEpochs)).isEqualTo(4);
        assertThat(new EvaluationSpec("t", 20, 0, 7L).batchesOf(tenEpochs)).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'bestMetric': 'evaluation.loss'}",
                "{'preservationPolicy': {'bestN': {'n': 2, 'metric': 'evaluation.mse'}}}"
            })
    void aBestByEvaluationNeedsAnEvaluation(String checkpoints) {
        String spec = "{'stream': 'mnist', 'checkpoints': %s%s}";

        assertThatThrownBy(() -> read(spec.formatted(checkpoints, "")))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageStartingWith("Field evaluation: is absent; the best checkpoint");
        assertThat(read(spec.formatted(checkpoints, ", 'evaluation': {'stream': 't'}"))
                        .evaluation())
                .isNotNull();
    }

    @Test
    void aDeviceIsPartOfTheSpecWhereItIsNamed() {
        RunSpec spec = read("{'stream': 'mnist', 'device': 'gpu'}");

        assertThat(spec.device()).isEqualTo(Device.GPU);
        assertThat(spec.digest())
                .isNotEqualTo(RunSpec.defaults("mnist", spec.steps()).digest());
    }

    private static RunSpec read(String json) {
        return Json.read(json.replace('\'', '"').getBytes(UTF_8), RunSpec.class);
    }
}
