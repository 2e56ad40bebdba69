package dev.vaestream.trainer;

import dev.vaestream.contracts.Manifest;
import java.util.Optional;

/**
 * What came of a training.
 *
 * @param newest the newest checkpoint, which is the last step's where it is complete
 */
record TrainingResult(Ending ending, Optional<Manifest> newest) {}
