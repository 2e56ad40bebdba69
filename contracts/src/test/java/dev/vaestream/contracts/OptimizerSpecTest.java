package dev.vaestream.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
                "{'adam': {'learningRate': {'joinSchedules': {'schedules': [0.1, {'linear': {'initValue': 0.1,"
                        + " 'endValue': 0.01, 'transitionSteps': 9}}], 'boundaries': [5]}}}}",
                "{'adam': {'learningRate': {'piecewiseConstant': {'initValue': 0.1,"
                        + " 'boundariesAndScales': {'1000': 0.5, '200': 0.1}}}}}",
                "{'adamw': {'weightDecay': 0.1, 'mask': ['**.kernel']}}",
                "{'multiTransform': {'transforms': {'train': {'adamw': {}}, 'frozen': {'setToZero': {}}},"
                        + " 'labels': {'frozen': ['params.decoder.**'], 'train': ['**']}}}",
                "{'chain': [{'lion': {}}, {'freeze': ['params.encoder.**']}]}",
                "{'namedChain': [{'second': {'clip': 1}}, {'first': {'adam': {'learningRate': 0.001}}}]}",
                "{'multiSteps': {'inner': {'adabelief': {}}, 'everyK': 4}}",
                "{'multiSteps': {'inner': {'adam': {}}, 'everyK': {'piecewiseConstant': {'initValue': 1,"
                        + " 'boundariesAndScales': {'100': 4, '200': 0.5}}}}}",
                "{'multiSteps': {'inner': {'adam': {}}, 'everyK': {'joinSchedules': {'schedules': [1, 2, 8],"
                        + " 'boundaries': [100, 1000]}}}}",
                "{'multiTransform': {'transforms': {'a': {'multiTransform': {'transforms': {'b': {'adam': {}}, 'c': {"
                        + "'setToZero': {}}}, 'labels': {'b': ['**.kernel'], 'c': ['**']}}}, 'd': {'sgd': {}}},"
                        + " 'labels': {'a': ['params.encoder.**'], 'd': ['**']}}}",
                "{'applyIfFinite': {'inner': {'rmsprop': {}}, 'maxConsecutiveErrors': 3}}",
                "{'masked': {'inner': {'lars': {'trustRatioMask': ['**.kernel']}}, 'mask': ['**']}}",
            })
    void aTreeThatWasReadAndWrittenIsReadTheSame(String json) {
        OptimizerSpec spec = read(json);

        byte[] written = Json.write(spec);

        assertThat(Json.read(written, OptimizerSpec.class)).isEqualTo(spec);
        assertThat(Json.write(Json.read(written, OptimizerSpec.class))).isEqualTo(written);
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

    @Test
    void namedLinksAreInTheirOrderAndNotInThatOfTheirNames() {
        assertThat(read("{'namedChain': [{'second': {'clip': 1}}, {'first': {'adam': {}}}]}")
                        .namedLinks())
                .extracting(link -> link.getKey() + " " + link.getValue().name())
                .isEqualTo(List.of("second clip", "first adam"));
    }

    @Test
    void aParameterHasTheFirstLabelThatFits() {
        OptimizerSpec spec = read("{'multiTransform': {'transforms': {'a': {'adam': {}}, 'b': {'setToZero': {}}},"
                + " 'labels': {'b': ['**'], 'a': ['**.kernel']}}}");

        assertThat(spec.label("params.encoder.Dense_0.kernel")).contains("a");
        assertThat(spec.label("params.encoder.Dense_0.bias")).contains("b");
    }

    private static OptimizerSpec read(String json) {
        return Json.read(json.replace('\'', '"').getBytes(UTF_8), OptimizerSpec.class);
    }
}
