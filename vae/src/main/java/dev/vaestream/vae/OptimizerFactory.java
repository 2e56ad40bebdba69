package dev.vaestream.vae;

import dev.vaestream.contracts.OptimizerSpec;
import dev.vaestream.learning.optim.GradientTransformation;
import dev.vaestream.learning.optim.Optimizers;

/** From a run spec's optimizer to the transformation. */
final class OptimizerFactory {
    private OptimizerFactory() {}

    static GradientTransformation create(OptimizerSpec spec) {
        OptimizerSpec.Adamw adamw = (OptimizerSpec.Adamw) spec;
        return Optimizers.adamw(adamw.learningRate(), adamw.b1(), adamw.b2(), adamw.eps(), adamw.weightDecay());
    }

    static double learningRate(OptimizerSpec spec) {
        return ((OptimizerSpec.Adamw) spec).learningRate();
    }
}
