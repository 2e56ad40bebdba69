package dev.vaestream.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizerSpecTest {
    @Test
    void adamwHasOptaxsDefaultsAndTheTutorialsRate() {
        assertThat(read("{'adamw': {}}")).isEqualTo(OptimizerSpec.DEFAULT);
    }

    /** It is part of the identity of every run that was ever begun with it. */
    @Test
    void theDefaultAlwaysHasTheSameBytes() {
        assertThat(new String(Json.write(OptimizerSpec.DEFAULT), UTF_8))
                .isEqualTo("{\"adamw\":{\"b1\":0.9,\"b2\":0.999,\"eps\":1.0E-8,\"learningRate\":1.0E-4,"
                        + "\"weightDecay\":1.0E-4}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'chain': [{'clipByGlobalNorm': 1}, {'adam': {'learningRate': 0.001}}, {'ema': {'decay': 0.9}}]}",
                "{'sgd': {'learningRate': {'warmupCosineDecay': {'initValue': 0, 'peakValue': 0.001,"
                        + " 'warmupSteps': 500, 'decaySteps': 37500}}, 'momentum': 0.9}}",
                "{'adam': {'learningRate': {'join': {'schedules': [0.1, {'linear': {'initValue': 0.1,"
                        + " 'endValue': 0.01, 'transitionSteps': 9}}], 'boundaries': [5]}}}}",
                "{'adam': {'learningRate': {'piecewiseConstant': {'initValue': 0.1,"
                        + " 'boundariesAndScales': {'1000': 0.5, '200': 0.1}}}}}",
                "{'adamw': {'weightDecay': 0.1, 'mask': ['**.kernel']}}",
                "{'multiTransform': {'transforms': {'train': {'adamw': {}}, 'frozen': {'setToZero': {}}},"
                        + " 'labels': {'frozen': ['params.decoder.**'], 'train': ['**']}}}",
                "{'chain': [{'lion': {}}, {'freeze': ['params.encoder.**']}]}",
                "{'multiSteps': {'inner': {'adabelief': {}}, 'everyK': 4}}",
                "{'applyIfFinite': {'inner': {'rmsprop': {}}, 'maxConsecutiveErrors': 3}}",
                "{'masked': {'inner': {'lars': {'trustRatioMask': ['**.kernel']}}, 'mask': ['**']}}",
            })
    void aTreeThatWasReadAndWrittenIsReadTheSame(String json) {
        OptimizerSpec spec = read(json);

        byte[] written = Json.write(spec);

        assertThat(Json.read(written, OptimizerSpec.class)).isEqualTo(spec);
        assertThat(Json.write(Json.read(written, OptimizerSpec.class))).isEqualTo(written);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsWrongIsNamedByItsPlace(String json, String path, String reason) {
        String run = "{'run': 'a', 'spec': {'stream': 's', 'optimizer': %s}}".formatted(json);
        assertThatThrownBy(() -> Json.read(run.replace('\'', '"').getBytes(UTF_8), RunRequest.class))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageStartingWith("Field spec.optimizer%s: %s".formatted(path, reason));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                argumentSet("unknown", "{'adamx': {}}", "", "'adamx' is not known; it must be one of adamw, adam, "),
                argumentSet("no object", "'adamw'", "", "is 'adamw'; it must be an object with one of adamw, adam, "),
                argumentSet("empty", "{}", "", "is an empty object; it must be an object with one of adamw, "),
                argumentSet("two", "{'adam': {}, 'sgd': {}}", "", "is an object; it must be an object with one of "),
                argumentSet(
                        "unknown argument",
                        "{'adam': {'lr': 1}}",
                        ".adam.lr",
                        "is not known; known here: b1, b2, eps, learningRate"),
                argumentSet("missing", "{'ema': {}}", ".ema.decay", "is missing"),
                argumentSet(
                        "rate",
                        "{'chain': [{'adam': {}}, {'sgd': {'learningRate': 0}}]}",
                        ".chain[1].sgd.learningRate",
                        "is 0.0; it must be positive and finite"),
                argumentSet("text", "{'clip': 'x'}", ".clip", "is 'x'; it must be a number"),
                argumentSet("flag", "{'sgd': {'nesterov': 1}}", ".sgd.nesterov", "is 1; it must be true or false"),
                argumentSet("empty chain", "{'chain': []}", ".chain", "is an empty array; it must be an array with"),
                argumentSet(
                        "schedule",
                        "{'adam': {'learningRate': {'cosine': {}}}}",
                        ".adam.learningRate",
                        "'cosine' is not known; it must be one of linear, polynomial, "),
                argumentSet(
                        "steps",
                        "{'adam': {'learningRate': {'linear': {'initValue': 1, 'endValue': 0, 'transitionSteps': 0}}}}",
                        ".adam.learningRate.linear.transitionSteps",
                        "is 0; it must be a whole number of at least 1"),
                argumentSet(
                        "boundaries",
                        "{'adam': {'learningRate': {'join': {'schedules': [1, 2], 'boundaries': [1, 2]}}}}",
                        ".adam.learningRate.join.boundaries",
                        "has 2 numbers; between 2 schedules there must be 1"),
                argumentSet(
                        "pattern",
                        "{'freeze': ['a..b']}",
                        ".freeze[0]",
                        "is 'a..b'; it must be names with dots between them"),
                argumentSet(
                        "pattern of nothing",
                        "{'chain': [{'adam': {}}, {'freeze': ['params.decoder.**', 'decoder.**']}]}",
                        ".chain[1].freeze[1]",
                        "is 'decoder.**'; no parameter has such a path, there are params.encoder.Dense_0.kernel, "),
                argumentSet(
                        "parameter without a label",
                        "{'multiTransform': {'transforms': {'a': {'adam': {}}}, 'labels': {'a': ['**.bias']}}}",
                        ".multiTransform.labels",
                        "leave out 'params.encoder.Dense_0.kernel'; the pattern ** takes all"),
                argumentSet(
                        "label",
                        "{'multiTransform': {'transforms': {'a': {'adam': {}}}, 'labels': {'b': ['**']}}}",
                        ".multiTransform.labels.b",
                        "has no transformation; there are some for [a]"));
    }

    @Test
    void aConstantRateIsShownBesideTheName() {
        assertThat(OptimizerSpec.DEFAULT).hasToString("adamw(1.0E-4)");
    }

    @Test
    void linksAreInOrder() {
        assertThat(read("{'chain': [{'clip': 1}, {'adam': {}}]}").links())
                .extracting(OptimizerSpec::name)
                .isEqualTo(List.of("clip", "adam"));
    }

    private static OptimizerSpec read(String json) {
        return Json.read(json.replace('\'', '"').getBytes(UTF_8), OptimizerSpec.class);
    }
}
