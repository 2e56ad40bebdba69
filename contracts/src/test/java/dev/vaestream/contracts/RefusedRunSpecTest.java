package dev.vaestream.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a run's spec can be wrong, as the body of {@code POST /v1/runs} has it. */
class RefusedRunSpecTest {
    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsWrongIsNamedByItsPlaceWithWhatIsRight(String field, String path, String reason) {
        String request = field.startsWith("'stream'")
                ? "{'run': 'a', 'spec': {%s}}".formatted(field)
                : "{'run': 'a', 'spec': {'stream': 's', %s}}".formatted(field);

        InvalidJsonException refusal = catchThrowableOfType(
                InvalidJsonException.class,
                () -> Json.read(request.replace('\'', '"').getBytes(UTF_8), RunRequest.class));

        assertThat(refusal).isNotNull();
        assertThat(refusal.path()).isEqualTo("spec." + path);
        assertThat(refusal).hasMessageStartingWith("Field spec.%s: %s".formatted(path, reason));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                argumentSet("unknown field", "'optimiser': {}", "optimiser", "is not known; known here: "),
                argumentSet(
                        "stream",
                        "'stream': 'A b'",
                        "stream",
                        "is 'A b'; it must be 1 to 63 lower-case letters, digits and inner dashes"),
                argumentSet("first sequence", "'firstSequence': -1", "firstSequence", "is -1; it must be at least 0"),
                argumentSet("seed", "'seed': -1", "seed", "is -1; it must be 0 to 4294967295"),
                argumentSet(
                        "weight of the divergence",
                        "'klWeight': -0.5",
                        "klWeight",
                        "is -0.5; it must be finite and not negative"),
                argumentSet("log interval", "'logEvery': 0", "logEvery", "is 0; it must be at least 1"),
                argumentSet("keys", "'prng': 'philox'", "prng", "is 'philox'; it must be one of legacy, partitionable"),
                argumentSet("device", "'device': 'tpu'", "device", "is 'tpu'; it must be one of cpu, gpu"),
                argumentSet(
                        "checkpoints",
                        "'checkpoints': {'maxToKeep': -1}",
                        "checkpoints.maxToKeep",
                        "is -1; it must be at least 0"),
                argumentSet(
                        "step to save",
                        "'checkpoints': {'saveOnSteps': [4, -1]}",
                        "checkpoints.saveOnSteps[1]",
                        "is -1; it must be at least 0"),
                argumentSet(
                        "time between checkpoints",
                        "'checkpoints': {'keepTimeInterval': 'PT0.5S'}",
                        "checkpoints.keepTimeInterval",
                        "is PT0.5S; it must be at least PT1S"),
                argumentSet(
                        "field of the model",
                        "'model': {'latent': 3}",
                        "model.latent",
                        "is not known; known here: classes, decoder, encoder, latentDim"),
                argumentSet("latent", "'model': {'latentDim': 0}", "model.latentDim", "is 0; it must be 1 to 1048576"),
                argumentSet(
                        "no layer", "'model': {'encoder': []}", "model.encoder", "has 0 layers; it must have 1 to 32"),
                argumentSet(
                        "layer without features",
                        "'model': {'encoder': [8, 0]}",
                        "model.encoder[1]",
                        "is 0; it must be 1 to 1048576"),
                argumentSet(
                        "huge layer",
                        "'model': {'decoder': [2000000]}",
                        "model.decoder[0]",
                        "is 2000000; it must be 1 to 1048576"),
                argumentSet("huge model", "'model': {'encoder': [100000]}", "model", "the model has "),
                argumentSet(
                        "run to begin with",
                        "'initializeFrom': {'run': 'Demo!', 'step': 5}",
                        "initializeFrom.run",
                        "is 'Demo!'; it must be 1 to 63 lower-case"),
                argumentSet(
                        "no step to begin with",
                        "'initializeFrom': {'run': 'demo'}",
                        "initializeFrom.step",
                        "is missing"),
                argumentSet(
                        "step to begin with",
                        "'initializeFrom': {'run': 'demo', 'step': -1}",
                        "initializeFrom.step",
                        "is -1; it must be at least 0"),
                argumentSet(
                        "no parameters to begin with",
                        "'initializeFrom': {'run': 'demo', 'step': 5, 'params': []}",
                        "initializeFrom.params",
                        "is empty; leave it out to take all parameters"),
                argumentSet(
                        "pattern to begin with",
                        "'initializeFrom': {'run': 'demo', 'step': 5, 'params': ['**.bias', 'a..b']}",
                        "initializeFrom.params[1]",
                        "is 'a..b'; it must be names with dots between them"),
                argumentSet(
                        "pattern of nothing to begin with",
                        "'initializeFrom': {'run': 'demo', 'step': 5, 'params': ['params.head.**']}",
                        "initializeFrom.params[0]",
                        "is 'params.head.**'; no parameter has such a path, there are params.encoder.Dense_0.kernel, "),
                argumentSet(
                        "unknown optimizer",
                        "'optimizer': {'adamx': {}}",
                        "optimizer",
                        "'adamx' is not known; it must be one of adamw, adam, "),
                argumentSet(
                        "no object",
                        "'optimizer': 'adamw'",
                        "optimizer",
                        "is 'adamw'; it must be an object with one of adamw, adam, "),
                argumentSet(
                        "empty",
                        "'optimizer': {}",
                        "optimizer",
                        "is an empty object; it must be an object with one of adamw, "),
                argumentSet(
                        "two",
                        "'optimizer': {'adam': {}, 'sgd': {}}",
                        "optimizer",
                        "is an object; it must be an object with one of "),
                argumentSet(
                        "unknown argument",
                        "'optimizer': {'adam': {'lr': 1}}",
                        "optimizer.adam.lr",
                        "is not known; known here: b1, b2, eps, learningRate"),
                argumentSet("missing argument", "'optimizer': {'ema': {}}", "optimizer.ema.decay", "is missing"),
                argumentSet(
                        "rate of 0",
                        "'optimizer': {'chain': [{'adam': {}}, {'sgd': {'learningRate': 0}}]}",
                        "optimizer.chain[1].sgd.learningRate",
                        "is 0.0; it must be positive and finite"),
                argumentSet(
                        "rate in words",
                        "'optimizer': {'adam': {'learningRate': 'fast'}}",
                        "optimizer.adam.learningRate",
                        "is 'fast'; it must be a positive number, or an object with one of linear, polynomial, "),
                argumentSet(
                        "decay rate",
                        "'optimizer': {'adam': {'b1': 1}}",
                        "optimizer.adam.b1",
                        "is 1.0; it must be at least 0 and less than 1"),
                argumentSet(
                        "text for a number",
                        "'optimizer': {'clip': 'x'}",
                        "optimizer.clip",
                        "is 'x'; it must be a number"),
                argumentSet(
                        "number for a flag",
                        "'optimizer': {'sgd': {'nesterov': 1}}",
                        "optimizer.sgd.nesterov",
                        "is 1; it must be true or false"),
                argumentSet(
                        "empty chain",
                        "'optimizer': {'chain': []}",
                        "optimizer.chain",
                        "is an empty array; it must be an array with"),
                argumentSet(
                        "named chain as an object",
                        "'optimizer': {'namedChain': {'a': {'clip': 1}}}",
                        "optimizer.namedChain",
                        "is an object; it must be an array with something in it"),
                argumentSet(
                        "link without a name",
                        "'optimizer': {'namedChain': [['a', {'clip': 1}]]}",
                        "optimizer.namedChain[0]",
                        "is an array; it must be an object with one name"),
                argumentSet(
                        "name of a link",
                        "'optimizer': {'namedChain': [{'a.b': {'clip': 1}}]}",
                        "optimizer.namedChain[0]",
                        "has the name 'a.b'; it must be 1 to 63 letters, digits, _ and -"),
                argumentSet(
                        "name of two links",
                        "'optimizer': {'namedChain': [{'a': {'clip': 1}}, {'a': {'adam': {}}}]}",
                        "optimizer.namedChain[1].a",
                        "has a name that another link has too"),
                argumentSet(
                        "named link",
                        "'optimizer': {'namedChain': [{'a': {'clip': 0}}]}",
                        "optimizer.namedChain[0].a.clip",
                        "is 0.0; it must be positive and finite"),
                argumentSet(
                        "pattern of nothing in a named link",
                        "'optimizer': {'namedChain': [{'a': {'freeze': ['head.**']}}]}",
                        "optimizer.namedChain[0].a.freeze[0]",
                        "is 'head.**'; no parameter has such a path"),
                argumentSet(
                        "unknown schedule",
                        "'optimizer': {'adam': {'learningRate': {'cosine': {}}}}",
                        "optimizer.adam.learningRate",
                        "'cosine' is not known; it must be one of linear, polynomial, piecewiseConstant, exponentialDecay, cosineDecay, warmupCosineDecay, warmupExponentialDecay, joinSchedules"),
                argumentSet(
                        "no steps",
                        "'optimizer': {'adam': {'learningRate': {'linear': {'initValue': 1, 'endValue': 0, 'transitionSteps': 0}}}}",
                        "optimizer.adam.learningRate.linear.transitionSteps",
                        "is 0; it must be a whole number of at least 1"),
                argumentSet(
                        "warm-up longer than all",
                        "'optimizer': {'adam': {'learningRate': {'warmupCosineDecay': {'initValue': 0, 'peakValue': 1, 'warmupSteps': 9, 'decaySteps': 9}}}}",
                        "optimizer.adam.learningRate.warmupCosineDecay.decaySteps",
                        "is 9; it counts the 9 steps of the warm-up too, and must be more"),
                argumentSet(
                        "too many boundaries",
                        "'optimizer': {'adam': {'learningRate': {'joinSchedules': {'schedules': [1, 2], 'boundaries': [1, 2]}}}}",
                        "optimizer.adam.learningRate.joinSchedules.boundaries",
                        "has 2 numbers; between 2 schedules there must be 1"),
                argumentSet(
                        "boundaries that go back",
                        "'optimizer': {'adam': {'learningRate': {'joinSchedules': {'schedules': [1, 2, 3], 'boundaries': [6, 3]}}}}",
                        "optimizer.adam.learningRate.joinSchedules.boundaries[1]",
                        "is 3; it must be more than 6, the one before"),
                argumentSet(
                        "boundaries that stand still",
                        "'optimizer': {'adam': {'learningRate': {'joinSchedules': {'schedules': [1, 2, 3], 'boundaries': [3, 3]}}}}",
                        "optimizer.adam.learningRate.joinSchedules.boundaries[1]",
                        "is 3; it must be more than 3, the one before"),
                argumentSet(
                        "schedule that is joined",
                        "'optimizer': {'adam': {'learningRate': {'joinSchedules': {'schedules': [1, 'x'], 'boundaries': [3]}}}}",
                        "optimizer.adam.learningRate.joinSchedules.schedules[1]",
                        "is 'x'; it must be a number that is not negative, or an object with one of linear, "),
                argumentSet(
                        "step of a scale",
                        "'optimizer': {'adam': {'learningRate': {'piecewiseConstant': {'initValue': 1, 'boundariesAndScales': {'07': 2}}}}}",
                        "optimizer.adam.learningRate.piecewiseConstant.boundariesAndScales.07",
                        "is no step; it must be a whole number of up to 9 digits"),
                argumentSet(
                        "no gradients for an update",
                        "'optimizer': {'multiSteps': {'inner': {'adam': {}}, 'everyK': 0}}",
                        "optimizer.multiSteps.everyK",
                        "is 0; it must be a whole number of at least 1"),
                argumentSet(
                        "half a gradient",
                        "'optimizer': {'multiSteps': {'inner': {'adam': {}}, 'everyK': 2.5}}",
                        "optimizer.multiSteps.everyK",
                        "is 2.5; it must be a whole number of at least 1"),
                argumentSet(
                        "negative gradients",
                        "'optimizer': {'multiSteps': {'inner': {'adam': {}}, 'everyK': -1}}",
                        "optimizer.multiSteps.everyK",
                        "is -1; it must be a whole number of at least 1"),
                argumentSet(
                        "gradients in words",
                        "'optimizer': {'multiSteps': {'inner': {'adam': {}}, 'everyK': 'four'}}",
                        "optimizer.multiSteps.everyK",
                        "is 'four'; it must be a whole number of at least 1, or an object with one of piecewiseConstant, joinSchedules"),
                argumentSet(
                        "gradients between whole numbers",
                        "'optimizer': {'multiSteps': {'inner': {'adam': {}}, 'everyK': {'linear': {'initValue': 1, 'endValue': 4, 'transitionSteps': 9}}}}",
                        "optimizer.multiSteps.everyK",
                        "'linear' has values between whole numbers; it must be a whole number of at least 1, or an object with one of piecewiseConstant, joinSchedules"),
                argumentSet(
                        "gradients scaled to a part",
                        "'optimizer': {'multiSteps': {'inner': {'adam': {}}, 'everyK': {'piecewiseConstant': {'initValue': 4, 'boundariesAndScales': {'5': 0.5, '9': 0.25}}}}}",
                        "optimizer.multiSteps.everyK.piecewiseConstant.boundariesAndScales.9",
                        "comes to 0.5; it must be a whole number of at least 1"),
                argumentSet(
                        "gradients of joined schedules",
                        "'optimizer': {'multiSteps': {'inner': {'adam': {}}, 'everyK': {'joinSchedules': {'schedules': [2, {'cosineDecay': {'initValue': 8, 'decaySteps': 9}}], 'boundaries': [4]}}}}",
                        "optimizer.multiSteps.everyK.joinSchedules.schedules[1]",
                        "'cosineDecay' has values between whole numbers; "),
                argumentSet(
                        "pattern",
                        "'optimizer': {'freeze': ['a..b']}",
                        "optimizer.freeze[0]",
                        "is 'a..b'; it must be names with dots between them"),
                argumentSet(
                        "pattern of nothing",
                        "'optimizer': {'chain': [{'adam': {}}, {'freeze': ['params.decoder.**', 'decoder.**']}]}",
                        "optimizer.chain[1].freeze[1]",
                        "is 'decoder.**'; no parameter has such a path, there are params.encoder.Dense_0.kernel, "),
                argumentSet(
                        "pattern outside of the mask",
                        "'optimizer': {'masked': {'inner': {'freeze': ['params.decoder.**']}, 'mask': ['params.encoder.**']}}",
                        "optimizer.masked.inner.freeze[0]",
                        "is 'params.decoder.**'; no parameter has such a path, there are params.encoder.Dense_0.kernel, "),
                argumentSet(
                        "parameter without a label",
                        "'optimizer': {'multiTransform': {'transforms': {'a': {'adam': {}}}, 'labels': {'a': ['**.bias']}}}",
                        "optimizer.multiTransform.labels",
                        "leave out 'params.encoder.Dense_0.kernel'; the pattern ** takes all"),
                argumentSet(
                        "label without a transformation",
                        "'optimizer': {'multiTransform': {'transforms': {'a': {'adam': {}}}, 'labels': {'b': ['**']}}}",
                        "optimizer.multiTransform.labels.b",
                        "has no transformation; there are some for [a]"),
                argumentSet(
                        "transformation without a label",
                        "'optimizer': {'multiTransform': {'transforms': {'a': {'adam': {}}, 'b': {'sgd': {}}}, 'labels': {'a': ['**']}}}",
                        "optimizer.multiTransform.transforms.b",
                        "has no label; there are some for [a]"),
                argumentSet(
                        "label without a parameter",
                        "'optimizer': {'multiTransform': {'transforms': {'a': {'adam': {}}, 'b': {'sgd': {}}}, 'labels': {'a': ['**'], 'b': ['**.bias']}}}",
                        "optimizer.multiTransform.labels.b",
                        "gets no parameter; the first label in alphabetical order has it, and all are taken by a"),
                argumentSet(
                        "name of a label",
                        "'optimizer': {'multiTransform': {'transforms': {'a.b': {'adam': {}}}, 'labels': {'a.b': ['**']}}}",
                        "optimizer.multiTransform.transforms",
                        "has the name 'a.b'; it must be 1 to 63 letters, digits, _ and -"));
    }
}
