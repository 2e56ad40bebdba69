package dev.vaestream.learning.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vaestream.learning.optim.GradientTransformation;
import dev.vaestream.learning.optim.Losses;
import dev.vaestream.learning.optim.Optimizers;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.random.Threefry;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Jit;
import dev.vaestream.learning.tracing.Operands;
import dev.vaestream.learning.tracing.Tree;
import dev.vaestream.learning.tracing.ValueAndGrad;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class TrainStateTest {
    private static final GradientTransformation ADAM = Optimizers.adam(1e-3);
    private static final Tree<Array.Floats> VARIABLES =
            new Dense(2).init(PrngKey.of(0, Threefry.PARTITIONABLE), Trial.example(1, 2));

    /** The example of Flax's documentation, with its numbers. */
    @Test
    void aStepOfAdamLowersTheLossAsInFlax() {
        TrainState<Array> state = TrainState.create(VARIABLES, ADAM);
        try (Jit step = Jit.of((tf, tree) -> step(tf, state.withTree(tree)))) {
            Tree<Array> first = step.call(state.tree());
            Tree<Array> second = step.call(first.get("state"));
            assertThat(loss(first)).isCloseTo(1.8136346f, within(1e-6f));
            assertThat(loss(second)).isCloseTo(1.8079796f, within(1e-6f));
            assertThat(second.get("state").get("step").value()).isEqualTo(Array.of(Shape.scalar(), 2));
            assertThat(step.traces()).isEqualTo(1);
        }
    }

    @Test
    void theTreeAndBackIsTheSameState() {
        TrainState<Array> state =
                TrainState.create(VARIABLES, ADAM, Map.of("key", Tree.leaf(Array.of(Shape.of(2), 1, 2))));
        assertThat(state.withTree(state.tree())).isEqualTo(state);
    }

    @Test
    void extraFieldsStay() {
        TrainState<Array> state =
                TrainState.create(VARIABLES, ADAM, Map.of("key", Tree.leaf(Array.of(Shape.of(2), 1, 2))));
        try (Jit step = Jit.of((tf, tree) -> step(tf, state.withTree(tree)))) {
            assertThat(step.call(state.tree()).get("state").get("key"))
                    .isEqualTo(Tree.leaf(Array.of(Shape.of(2), 1, 2)));
        }
    }

    @Test
    void anExtraFieldIsReplacedBesideTheGradients() {
        TrainState<Array> state =
                TrainState.create(VARIABLES, ADAM, Map.of("key", Tree.leaf(Array.of(Shape.of(2), 1, 2))));
        try (Jit step = Jit.of((tf, tree) -> {
            TrainState<Operand<?>> given = state.withTree(tree);
            Operand<?> swapped =
                    tf.reverse(Operands.ints(given.extra().get("key").value()), tf.constant(new int[] {0}));
            return TrainState.applyGradients(tf, given, Operands.floats(given.params()))
                    .withExtra("key", Tree.leaf(swapped))
                    .tree();
        })) {
            Tree<Array> next = step.call(state.tree());
            assertThat(next.get("key")).isEqualTo(Tree.leaf(Array.of(Shape.of(2), 2, 1)));
            assertThat(next.get("step")).isEqualTo(Tree.leaf(Array.of(Shape.scalar(), 1)));
        }
        assertThat(state.withExtra("batch_stats", Tree.empty()).tree().get("batch_stats"))
                .isEqualTo(Tree.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"step", "params", "opt_state"})
    void aFieldThatTheStateHasIsNoExtra(String name) {
        assertThatThrownBy(() -> TrainState.create(VARIABLES, ADAM, Map.of(name, Tree.empty())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("extra has a field '" + name + "', which the state has already; take another name");
    }

    @Test
    void extraFieldsHaveNames() {
        assertThatThrownBy(() -> new TrainState<Array>(ADAM, Tree.empty(), Tree.empty(), Tree.empty(), Tree.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("extra must be a dictionary of fields, not a sequence of 0");
    }

    /** What the tutorial does by mistake. */
    @Test
    void differentiatingByTheWholeStateIsRefused() {
        TrainState<Array> state = TrainState.create(VARIABLES, ADAM);
        assertThatThrownBy(() -> Jit.of((tf, tree) -> Operands.any(ValueAndGrad.ofAny(
                                        tf,
                                        tree,
                                        given -> new ValueAndGrad.WithAux<>(loss(tf, given.get("params")), given))
                                .grads()))
                        .call(state.tree()))
                .hasMessageContaining("grad requires real-valued inputs, but 'opt_state.0.count' holds DT_INT32");
    }

    private static Tree<Operand<?>> step(Ops tf, TrainState<Operand<?>> state) {
        ValueAndGrad<Boolean> result = ValueAndGrad.of(
                tf, Operands.floats(state.params()), params -> new ValueAndGrad.WithAux<>(loss(tf, params), true));
        TrainState<Operand<?>> next = TrainState.applyGradients(tf, state, result.grads());
        return Tree.dict(Map.of("state", next.tree(), "loss", Tree.leaf(result.value())));
    }

    private static Operand<TFloat32> loss(Ops tf, Tree<Operand<TFloat32>> variables) {
        Operand<TFloat32> ones = tf.constant(new float[][] {{1, 1}});
        Operand<TFloat32> losses = Losses.l2Loss(tf, new Dense(2).apply(tf, variables, ones), ones);
        return tf.math.mean(losses, tf.constant(new int[] {0, 1}));
    }

    private static float loss(Tree<Array> result) {
        return ((Array.Floats) result.get("loss").value()).values()[0];
    }
}
