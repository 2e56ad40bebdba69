package dev.vaestream.learning.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

class ProgramTest {
    private final Feed x = Feed.of("x", ShapeDtype.floats(Shape.of(2)));
    private final Program program = load();

    @AfterEach
    void close() {
        program.close();
        x.close();
    }

    @Test
    void aCallFetchesWhatItsFeedsGive() {
        float[] doubled = new float[2];
        try (Program.Call call = program.call(List.of(x), List.of("doubled"), List.of())) {
            x.set(new float[] {1, 2}, 0);
            call.run(doubled);
            assertThat(doubled).containsExactly(2, 4);
            x.set(new float[] {9, 3, 4}, 1);
            call.run(doubled);
            assertThat(doubled).containsExactly(6, 8);
        }
    }

    @Test
    void variablesKeepTheirValuesBetweenCalls() {
        float[] kept = new float[2];
        x.set(new float[] {5, 6}, 0);
        try (Program.Call keep = program.call(List.of(x), List.of(), List.of("keep"));
                Program.Call read = program.call(List.of(), List.of("kept"), List.of())) {
            keep.run();
            read.run(kept);
        }
        assertThat(kept).containsExactly(5, 6);
    }

    @Test
    void anOperationThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> program.call(List.of(), List.of("tripled"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the graph has no operation 'tripled'");
    }

    @Test
    void whatTensorFlowRefusesIsThrown() {
        try (Program.Call unset = program.call(List.of(), List.of("kept"), List.of())) {
            assertThatThrownBy(() -> unset.run(new float[2])).hasMessageContaining("variable");
        }
    }

    private Program load() {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> fed = x.placeholder(tf).asOutput().expect(TFloat32.class);
            tf.withName("doubled").math.add(fed, fed);
            VarHandleOp variable = tf.varHandleOp(TFloat32.class, Shape.of(2), VarHandleOp.sharedName("variable"));
            tf.withName("keep").assignVariableOp(variable, fed);
            tf.withName("kept").readVariableOp(variable, TFloat32.class);
            return Program.load(graph, Placement.ANY);
        }
    }
}
