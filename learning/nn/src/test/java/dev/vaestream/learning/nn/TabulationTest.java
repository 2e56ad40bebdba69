package dev.vaestream.learning.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
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

    @Test
    void bytesAreFourANumber() {
        assertThat(new Dense(250).tabulate(Trial.example(1, 99)).toString()).endsWith("25,000 (100.0 KB)\n");
    }
}
