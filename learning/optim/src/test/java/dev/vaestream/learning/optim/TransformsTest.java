package dev.vaestream.learning.optim;

import static dev.vaestream.learning.optim.Transforms.applyIfFinite;
import static dev.vaestream.learning.optim.Transforms.chain;
import static dev.vaestream.learning.optim.Transforms.clipByGlobalNorm;
import static dev.vaestream.learning.optim.Transforms.freeze;
import static dev.vaestream.learning.optim.Transforms.masked;
import static dev.vaestream.learning.optim.Transforms.multiSteps;
import static dev.vaestream.learning.optim.Transforms.multiTransform;
import static dev.vaestream.learning.optim.Transforms.namedChain;
import static dev.vaestream.learning.optim.Transforms.scale;
import static dev.vaestream.learning.optim.Transforms.scaleByLearningRate;
import static dev.vaestream.learning.optim.Transforms.setToZero;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Jit;
import dev.vaestream.learning.tracing.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Numbers are from Optax's own tests. */
class TransformsTest {
    private static final Tree<Array.Floats> WEIGHTS = Tree.ofPaths(Map.of(
            "w", Array.of(Shape.of(2), 1f, 2f),
            "b", Array.of(Shape.of(1), 3f)));
    private static final GradientTransformation SGD = Optimizers.sgd(scaleByLearningRate(1.0));

    @Test
    void theMeanOfFourGradientsMakesOneUpdate() {
        assertThat(after(multiSteps(scale(1), 4), 1, 2, 3, 4)).containsExactly(0f, 0f, 0f, 2.5f);
    }

    @Test
    void kMayGrowWithTheUpdates() {
        Schedule everyK = Schedules.piecewiseConstant(1, new TreeMap<>(Map.of(2, 3.0)));

        assertThat(after(multiSteps(scale(1), everyK), 1, 1, 1, 1, 1, 1, 1, 1))
                .containsExactly(1f, 2f, 2f, 2f, 3f, 3f, 3f, 4f);
    }

    @Test
    void updatesThatAreNotFiniteAreLeftOutUntilThereAreTooMany() {
        float nan = Float.NaN;
        float inf = Float.POSITIVE_INFINITY;

        assertThat(after(applyIfFinite(SGD, 2), 1, inf, nan, 1, nan, inf))
                .containsExactly(-1f, -1f, -1f, -2f, -2f, -2f);
    }

    @Test
    void oneTooManyIsApplied() {
        try (Trial trial = new Trial(applyIfFinite(SGD, 2), Trial.scalar(0))) {
            trial.update(Float.NaN).update(Float.NaN).update(Float.NaN);
            assertThat(trial.x()).isNaN();
            assertThat(integer(trial, "total_notfinite")).isEqualTo(3);
            assertThat(integer(trial, "last_finite")).isZero();
        }
    }

    @Test
    void whatIsNotInTheMaskPassesAsItIs() {
        try (Trial trial = new Trial(masked(SGD, path -> path.equals("w")), WEIGHTS)) {
            trial.update(WEIGHTS);
            assertThat(values(trial, "w")).containsExactly(0, 0);
            assertThat(values(trial, "b")).containsExactly(6);
        }
    }

    @Test
    void whatIsFrozenStaysWhileTheRestIsTrained() {
        try (Trial trial = new Trial(
                multiTransform(
                        Map.of("train", SGD, "freeze", setToZero()), path -> path.equals("w") ? "freeze" : "train"),
                WEIGHTS)) {
            trial.update(WEIGHTS);
            assertThat(values(trial, "w")).containsExactly(1, 2);
            assertThat(values(trial, "b")).containsExactly(0);
        }
    }

    @Test
    void aFrozenParameterNeedsNoGradient() {
        GradientTransformation frozen = multiTransform(
                Map.of("train", SGD, "freeze", setToZero()), path -> path.equals("w") ? "freeze" : "train");

        assertThat(frozen.freezes("w")).isTrue();
        assertThat(frozen.freezes("b")).isFalse();
        assertThat(multiSteps(chain(SGD, freeze(path -> path.equals("b"))), 4).freezes("b"))
                .isTrue();
        assertThat(SGD.freezes("b")).isFalse();
    }

    @Test
    void aFrozenParametersGradientIsNeededWhereOthersUpdatesDependOnIt() {
        GradientTransformation freeze = freeze(path -> path.equals("b"));
        GradientTransformation clip = clipByGlobalNorm(1);
        Predicate<String> onlyW = path -> path.equals("w");

        assertThat(chain(clip, SGD, freeze).freezes("b")).isFalse();
        assertThat(chain(chain(clip), freeze).freezes("b")).isFalse();
        assertThat(namedChain(List.of(Map.entry("clip", clip), Map.entry("freeze", freeze)))
                        .freezes("b"))
                .isFalse();
        assertThat(multiSteps(chain(clip, freeze), 2).freezes("b")).isFalse();
        assertThat(applyIfFinite(chain(SGD, freeze), 3).freezes("b")).isFalse();
        assertThat(chain(new Unknown(), freeze).freezes("b")).isFalse();
        assertThat(chain(masked(clip, onlyW), freeze).freezes("b")).isTrue();
        assertThat(chain(freeze, clip, freeze).freezes("b")).isTrue();
        assertThat(multiTransform(
                                Map.of("train", chain(clip, SGD), "frozen", setToZero()),
                                path -> onlyW.test(path) ? "train" : "frozen")
                        .freezes("b"))
                .isTrue();
    }

    /** Somebody's own, which says nothing of itself. */
    private record Unknown() implements GradientTransformation {
        @Override
        public Tree<Array> init(Tree<Array.Floats> params) {
            return Tree.empty();
        }

        @Override
        public Update update(
                Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state, Tree<Operand<TFloat32>> params) {
            return new Update(updates, state);
        }
    }

    @Test
    void aLabelWithoutATransformationIsNamed() {
        assertThatThrownBy(() -> new Trial(multiTransform(Map.of("train", SGD), path -> "fast"), WEIGHTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parameter 'b' has label 'fast'; there are transformations for [train]");
    }

    @Test
    void aNameMayComeOnceInAChain() {
        assertThatThrownBy(() -> namedChain(List.of(Map.entry("a", scale(1)), Map.entry("a", scale(2)))))
                .hasMessage("the name 'a' comes twice in the chain");
    }

    @Test
    void aNamedChainGoesFromFirstToLast() {
        GradientTransformation named = namedChain(List.of(
                Map.entry("z", Transforms.clip(1)), Map.entry("a", scale(10)), Map.entry("m", Transforms.clip(5))));

        assertThat(after(named, 3)).containsExactly(5f);
    }

    @Test
    void statesAreShapedAsOptaxs() {
        Tree<Array.Floats> x = Trial.scalar(0);
        GradientTransformation adam = Optimizers.adam(scaleByLearningRate(1e-3), 0.9, 0.999, 1e-8);

        assertThat(paths(adam, x)).containsExactlyInAnyOrder("0.count", "0.mu.x", "0.nu.x");
        assertThat(paths(Optimizers.adam(scaleByLearningRate(Schedules.constant(1)), 0.9, 0.999, 1e-8), x))
                .containsExactlyInAnyOrder("0.count", "0.mu.x", "0.nu.x", "1.count");
        assertThat(paths(multiSteps(adam, 2), x))
                .containsExactlyInAnyOrder(
                        "mini_step",
                        "gradient_step",
                        "acc_grads.x",
                        "inner_opt_state.0.count",
                        "inner_opt_state.0.mu.x",
                        "inner_opt_state.0.nu.x");
        assertThat(paths(
                        multiTransform(
                                Map.of("train", adam, "freeze", setToZero()),
                                path -> path.equals("w") ? "freeze" : "train"),
                        WEIGHTS))
                .containsExactlyInAnyOrder(
                        "inner_states.train.inner_state.0.count",
                        "inner_states.train.inner_state.0.mu.b",
                        "inner_states.train.inner_state.0.nu.b");
        assertThat(paths(namedChain(List.of(Map.entry("adam", adam))), x))
                .containsExactlyInAnyOrder("adam.0.count", "adam.0.mu.x", "adam.0.nu.x");
    }

    /** {@code MaskedNode()} and {@code skip_state=()} of Optax have no leaves, but a place. */
    @Test
    void whatHasNoLeavesHasAPlaceInTheState() {
        Tree<Array> masked = masked(Optimizers.sgd(scaleByLearningRate(1.0), 0.9, false), path -> path.equals("w"))
                .init(WEIGHTS);

        assertThat(masked.get("inner_state").get(0).get("trace").get("b")).isEqualTo(Tree.empty());
        assertThat(multiSteps(SGD, 2).init(WEIGHTS).get("skip_state")).isEqualTo(Tree.empty());
    }

    @Test
    void aMaskMayLeaveOutElementsOfASequence() {
        Tree<Array.Floats> list = Tree.sequence(List.of(WEIGHTS.get("w"), WEIGHTS.get("b")));
        try (Trial trial = new Trial(masked(SGD, path -> path.equals("1")), list)) {
            assertThat(trial.update(list).updates())
                    .isEqualTo(Tree.sequence(
                            List.of(Tree.leaf(Array.of(Shape.of(2), 1f, 2f)), Tree.leaf(Array.of(Shape.of(1), -3f)))));
        }
    }

    /** A label that no parameter has, as in a multiTransform for several models. */
    @Test
    void aGroupMayBeEmpty() {
        GradientTransformation groups =
                multiTransform(Map.of("all", SGD, "none", chain(clipByGlobalNorm(1), SGD)), path -> "all");
        try (Trial trial = new Trial(groups, WEIGHTS)) {
            trial.update(WEIGHTS);
            assertThat(values(trial, "b")).containsExactly(0);
        }
        try (Trial trial = new Trial(applyIfFinite(masked(clipByGlobalNorm(1), path -> false), 1), WEIGHTS)) {
            assertThat(trial.update(WEIGHTS).updates()).isEqualTo(Tree.widen(WEIGHTS));
        }
    }

    @Test
    void aChainsStateHasAnElementForEachLink() {
        assertThatThrownBy(() -> withStateOf(chain(scale(1)), chain(scale(1), scale(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The chain has 1 transformations, but its state is a sequence of 2; take one from init");
    }

    private static void withStateOf(GradientTransformation transformation, GradientTransformation other) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Tree<Operand<TFloat32>> params = Tree.leaf(tf.constant(1f));
            Tree<Operand<?>> state = other.init(Tree.leaf(Array.of(Shape.scalar(), 1f)))
                    .map(array -> array.shapeDtype().placeholder(tf));
            transformation.update(tf, params, state, params);
        }
    }

    @Test
    void theLearningRateOfANamedChainIsItsFirstLinks() {
        GradientTransformation named =
                namedChain(List.of(Map.entry("z", scaleByLearningRate(0.5)), Map.entry("a", scaleByLearningRate(2))));
        try (Jit jit =
                Jit.of((tf, state) -> Tree.leaf(named.learningRate(tf, state).orElseThrow()))) {
            assertThat(jit.call(named.init(WEIGHTS))).isEqualTo(Tree.leaf(Array.of(Shape.scalar(), 0.5f)));
        }
    }

    private static Set<String> paths(GradientTransformation transformation, Tree<Array.Floats> params) {
        return transformation.init(params).byPath().keySet();
    }

    /** The number that began at 0, after each update. */
    private static List<Float> after(GradientTransformation transformation, float... gradients) {
        List<Float> values = new ArrayList<>();
        try (Trial trial = new Trial(transformation, Trial.scalar(0))) {
            for (float gradient : gradients) {
                values.add(trial.update(gradient).x());
            }
        }
        return values;
    }

    private static float[] values(Trial trial, String path) {
        return ((Array.Floats) trial.params().get(path).value()).values();
    }

    private static int integer(Trial trial, String name) {
        return ((Array.Ints) trial.state().get(name).value()).values()[0];
    }
}
