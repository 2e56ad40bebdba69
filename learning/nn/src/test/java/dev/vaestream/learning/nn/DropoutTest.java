package dev.vaestream.learning.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.random.Threefry;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Compiled;
import dev.vaestream.learning.tracing.Jit;
import dev.vaestream.learning.tracing.Operands;
import dev.vaestream.learning.tracing.ShapeDtype;
import dev.vaestream.learning.tracing.Tree;
import dev.vaestream.learning.tracing.ValueAndGrad;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Masks in a traced function: new ones with each key, those of the host with the same. */
class DropoutTest {
    private static final Dropout HALF = new Dropout(0.5, false);

    @ParameterizedTest
    @EnumSource
    void aKeyThatIsAnArgumentDrawsAnewInEachCall(Threefry mode) {
        Array.Floats x = Trial.filled(Shape.of(3, 5));
        try (Jit jit = jit(HALF, mode)) {
            Array first = call(jit, PrngKey.of(1, mode), x);
            Array second = call(jit, PrngKey.of(2, mode), x);
            assertThat(first).isNotEqualTo(second);
            assertThat(call(jit, PrngKey.of(1, mode), x)).isEqualTo(first);
            assertThat(jit.traces()).isEqualTo(1);
            assertThat(first).isEqualTo(known(HALF, PrngKey.of(1, mode), x));
            assertThat(second).isEqualTo(known(HALF, PrngKey.of(2, mode), x));
        }
    }

    /** Odd and even numbers of elements, with one key for each place that draws. */
    @ParameterizedTest
    @EnumSource
    void itDropsWhatTheHostsKeyDoes(Threefry mode) {
        for (int n : new int[] {1, 2, 7, 1000}) {
            PrngKey key = PrngKey.of(n, mode);
            Array.Floats y = known(new Dropout(0.3, false), key, Trial.filled(Shape.of(n)));
            boolean[] kept = key.foldIn(PathKeys.hash(List.of(), 1)).bernoulli(n, 0.7f);
            for (int i = 0; i < n; i++) {
                assertThat(y.values()[i]).isEqualTo(kept[i] ? 1 / 0.7f : 0);
            }
        }
    }

    @Test
    void aBatchMayHaveAnySize() {
        Module<Operand<TFloat32>, Operand<TFloat32>> model =
                (scope, x) -> scope.call("head", new Dense(2), scope.call("drop", HALF, x));
        Tree<Array.Floats> variables = Trial.params(
                Map.of("head.kernel", Trial.filled(Shape.of(4, 2)), "head.bias", Array.zeros(Shape.of(2))));
        Tree<ShapeDtype> open = Tree.sequence(List.of(
                Tree.widen(variables.map(Array::shapeDtype)),
                Tree.leaf(ShapeDtype.floats(Shape.of(Shape.UNKNOWN_SIZE, 4))),
                Tree.leaf(ShapeDtype.ints(Shape.of(2)))));
        try (Compiled compiled = Compiled.trace(
                open,
                (tf, given) -> Tree.leaf(apply(
                        tf,
                        model,
                        given.get(0),
                        Threefry.PARTITIONABLE,
                        given.get(1).value(),
                        given.get(2).value())))) {
            for (int batch : new int[] {1, 6}) {
                Array.Floats x = Trial.filled(Shape.of(batch, 4));
                Tree<Array> arguments =
                        Tree.sequence(List.of(Tree.widen(variables), Tree.leaf(x), Tree.leaf(data(PrngKey.of(5)))));
                assertThat(compiled.call(arguments).value().shape()).isEqualTo(Shape.of(batch, 2));
            }
        }
    }

    @Test
    void whatIsSharedIsDroppedTogether() {
        Dropout rows = new Dropout(0.5, List.of(-1, 0), false, "dropout");
        float[] y = known(rows, PrngKey.of(4), Trial.filled(Shape.of(2, 20, 3))).values();
        boolean dropped = false;
        boolean kept = false;
        for (int i = 0; i < 20; i++) {
            for (int other : new int[] {3 * i + 1, 3 * i + 2, 60 + 3 * i, 60 + 3 * i + 1, 60 + 3 * i + 2}) {
                assertThat(y[other]).isEqualTo(y[3 * i]);
            }
            dropped |= y[3 * i] == 0;
            kept |= y[3 * i] == 2;
        }
        assertThat(dropped && kept).isTrue();
    }

    @Test
    void anAxisThatTheInputDoesNotHaveIsNoneToShare() {
        assertThatThrownBy(() -> known(
                        new Dropout(0.5, List.of(2), false, "dropout"), PrngKey.of(1), Trial.filled(Shape.of(2, 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("broadcastDims has 2, and the input 2 axes");
    }

    @Test
    void theStreamMayHaveAnotherName() {
        Array.Floats x = Trial.filled(Shape.of(30));
        Dropout other = new Dropout(0.5, List.of(), false, "noise");
        assertThat(Trial.apply(other, Trial.EMPTY, Map.of("noise", PrngKey.of(1)), x))
                .isEqualTo(known(HALF, PrngKey.of(1), x));
        assertThatThrownBy(() -> Trial.apply(other, Trial.EMPTY, Map.of("dropout", PrngKey.of(1)), x))
                .isInstanceOf(InvalidRngException.class)
                .hasMessage("There is no stream of keys 'noise'; give one, or one named 'params'");
    }

    /** The gradient of a training step passes where the mask of that step does. */
    @Test
    void theGradientHasTheMaskOfItsCall() {
        Array.Floats x = Trial.filled(Shape.of(10));
        try (Jit jit = Jit.of((tf, given) -> {
            ValueAndGrad<?> result = ValueAndGrad.ofValue(
                    tf,
                    Operands.floats(given.get("x")),
                    params -> tf.reduceSum(
                            apply(
                                    tf,
                                    HALF,
                                    Operands.any(Tree.dict(Map.of("params", Tree.dict(Map.of())))),
                                    Threefry.LEGACY,
                                    params.value(),
                                    given.get("key").value()),
                            tf.constant(0)));
            return Operands.any(result.grads());
        })) {
            for (int seed = 0; seed < 3; seed++) {
                Tree<Array> arguments = Tree.dict(Map.of("x", Tree.leaf(x), "key", Tree.leaf(data(PrngKey.of(seed)))));
                assertThat(jit.call(arguments).value()).isEqualTo(known(HALF, PrngKey.of(seed), x));
            }
        }
    }

    private static Jit jit(Dropout dropout, Threefry mode) {
        return Jit.of((tf, given) -> Tree.leaf(apply(
                tf,
                dropout,
                Operands.any(Tree.dict(Map.of("params", Tree.dict(Map.of())))),
                mode,
                given.get("x").value(),
                given.get("key").value())));
    }

    private static Operand<TFloat32> apply(
            Ops tf,
            Module<Operand<TFloat32>, Operand<TFloat32>> module,
            Tree<Operand<?>> variables,
            Threefry mode,
            Operand<?> x,
            Operand<?> key) {
        Rngs rngs = Rngs.traced(tf, Map.of("dropout", Operands.ints(key)), mode);
        return module.apply(tf, Operands.floats(variables), rngs, Operands.floats(x));
    }

    private static Array call(Jit jit, PrngKey key, Array.Floats x) {
        return jit.call(Tree.dict(Map.of("x", Tree.leaf(x), "key", Tree.leaf(data(key)))))
                .value();
    }

    private static Array.Floats known(Dropout dropout, PrngKey key, Array.Floats x) {
        return Trial.apply(dropout, Trial.EMPTY, Map.of("dropout", key), x);
    }

    private static Array.Ints data(PrngKey key) {
        return Array.of(Shape.of(2), key.words());
    }
}
