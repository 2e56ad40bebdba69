package dev.vaestream.learning.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class TabulationTest {
    /** The model of Flax's own documentation, which counts 50 parameters. */
    private record Foo() implements Module<Operand<TFloat32>, Operand<TFloat32>> {
        @Override
        public Operand<TFloat32> call(Scope scope, Operand<TFloat32> x) {
            return scope.call(new Dense(2), scope.call(new Dense(4), x));
        }
    }

    /** One layer twice, below another module. */
    private record Twice() implements Module<Operand<TFloat32>, Operand<TFloat32>> {
        @Override
        public Operand<TFloat32> call(Scope scope, Operand<TFloat32> x) {
            Operand<TFloat32> y = scope.call("stack", new FeedForward(List.of(9, 9), Activation.RELU, false), x);
            return scope.call("stack", new FeedForward(List.of(9, 9), Activation.RELU, false), y);
        }
    }

    @Test
    void theTableIsFlaxs() {
        assertThat(new Foo().tabulate(Trial.example(16, 9)).toString()).isEqualTo("""
                        ┌─────────┬────────┬───────────────┬───────────────┬──────────────────────┐
                        │ path    │ module │ inputs        │ outputs       │ params               │
                        ├─────────┼────────┼───────────────┼───────────────┼──────────────────────┤
                        │         │ Foo    │ float32[16,9] │ float32[16,2] │                      │
                        ├─────────┼────────┼───────────────┼───────────────┼──────────────────────┤
                        │ Dense_0 │ Dense  │ float32[16,9] │ float32[16,4] │ bias: float32[4]     │
                        │         │        │               │               │ kernel: float32[9,4] │
                        │         │        │               │               │ 40 (160 B)           │
                        ├─────────┼────────┼───────────────┼───────────────┼──────────────────────┤
                        │ Dense_1 │ Dense  │ float32[16,4] │ float32[16,2] │ bias: float32[2]     │
                        │         │        │               │               │ kernel: float32[4,2] │
                        │         │        │               │               │ 10 (40 B)            │
                        ├─────────┼────────┼───────────────┼───────────────┼──────────────────────┤
                        │         │        │               │ Total         │ 50 (200 B)           │
                        └─────────┴────────┴───────────────┴───────────────┴──────────────────────┘
                        Total Parameters: 50 (200 B)
                        """);
    }

    @Test
    void aModuleThatIsCalledTwiceCountsOnce() {
        Tabulation table = new Twice().tabulate(Trial.example(1, 9));
        assertThat(table.rows())
                .extracting(Tabulation.Row::path)
                .containsExactly("", "stack", "stack/Dense_0", "stack/Dense_1");
        assertThat(table.size()).isEqualTo(180);
    }

    @Test
    void whatIsTooDeepCountsForTheModuleAboveIt() {
        Tabulation table = new Twice().tabulate(Trial.example(1, 9)).depth(1);
        assertThat(table.rows()).extracting(Tabulation.Row::path).containsExactly("", "stack");
        assertThat(table.rows().get(1).params().keySet())
                .containsExactly("Dense_0/bias", "Dense_0/kernel", "Dense_1/bias", "Dense_1/kernel");
        assertThat(table.size()).isEqualTo(180);
    }

    /** A table that is read from both sides, called by its methods alone at one place. */
    private record Tied() implements Module<Operand<TFloat32>, Operand<TFloat32>> {
        @Override
        public Operand<TFloat32> call(Scope scope, Operand<TFloat32> x) {
            Embed embed = new Embed(7, 3);
            return scope.callMethod("embed", embed, inner -> embed.attend(inner, x));
        }
    }

    @Test
    void parametersOfOtherMethodsCount() {
        Tabulation table = new Tied().tabulate(Trial.example(2, 3));
        assertThat(table.size()).isEqualTo(21);
        assertThat(table.rows().get(1))
                .isEqualTo(
                        new Tabulation.Row("embed", "Embed", "", "float32[2,7]", Map.of("embedding", Shape.of(7, 3))));
    }

    /** Which asks for its parameter in its second call alone. */
    private static final class Growing implements Module<Operand<TFloat32>, Operand<TFloat32>> {
        private boolean called;

        @Override
        public Operand<TFloat32> call(Scope scope, Operand<TFloat32> x) {
            if (!called) {
                called = true;
                return x;
            }
            return scope.tf().math.add(x, scope.param("bias", Initializers.zeros(), Shape.of(3)));
        }
    }

    @Test
    void parametersOfALaterCallCount() {
        Growing growing = new Growing();
        Tabulation table = ((Module<Operand<TFloat32>, Operand<TFloat32>>)
                        (scope, x) -> scope.call("growing", growing, scope.call("growing", growing, x)))
                .tabulate(Trial.example(1, 3));
        assertThat(table.size()).isEqualTo(3);
    }

    @Test
    void bytesAreFourANumber() {
        assertThat(new Dense(250).tabulate(Trial.example(1, 99)).toString()).endsWith("25,000 (100.0 KB)\n");
    }
}
