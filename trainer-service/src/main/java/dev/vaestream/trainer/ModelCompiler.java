package dev.vaestream.trainer;

import dev.vaestream.contracts.RunSpec;

/** Compiles the model of a run. */
interface ModelCompiler {
    /** The compiled model, its state unset; to be closed by the caller. */
    TrainingModel compile(RunSpec spec, int batchSize);
}
