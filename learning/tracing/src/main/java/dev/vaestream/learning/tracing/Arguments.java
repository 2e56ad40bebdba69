package dev.vaestream.learning.tracing;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;

/** The arguments of a traced function, in order. */
record Arguments(List<Operand<?>> operands) {
    Arguments {
        operands = List.copyOf(operands);
    }

    static Arguments of(Ops tf, List<ShapeDtype> signature) {
        List<Operand<?>> operands = new ArrayList<>();
        signature.forEach(argument -> operands.add(argument.placeholder(tf)));
        return new Arguments(operands);
    }

    void feed(Session.Runner runner, List<? extends Tensor> tensors) {
        if (tensors.size() != operands.size()) {
            throw new IllegalArgumentException(
                    "The function takes " + operands.size() + " arguments, not " + tensors.size());
        }
        for (int i = 0; i < tensors.size(); i++) {
            runner.feed(operands.get(i), tensors.get(i));
        }
    }
}
