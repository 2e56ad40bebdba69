package dev.vaestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.NumericFingerprint;
import dev.vaestream.contracts.RunIdentity;
import org.junit.jupiter.api.Test;

class IdentityDifferenceTest {
    private static final RunIdentity STORED = Examples.identity("demo", 4);

    @Test
    void theSameIdentityDoesNotDiffer() {
        assertThat(IdentityDifference.between(STORED, Examples.identity("demo", 4)))
                .isEmpty();
    }

    @Test
    void aSpecDiffersInItsFieldAndNotInItsDigest() {
        assertThat(IdentityDifference.between(STORED, Examples.identity("demo", 5)))
                .containsExactly("spec.checkpoints.maxToKeep is 4, here 5");
    }

    @Test
    void everyFieldOfTheFingerprintThatDiffersIsNamed() {
        NumericFingerprint other = new NumericFingerprint("2.18.0", "cpu", "arm64", "neon", true, 1);

        assertThat(IdentityDifference.between(STORED, Examples.identity("demo", Examples.spec(4), other)))
                .containsExactly(
                        "numeric.architecture is \"amd64\", here \"arm64\"",
                        "numeric.instructionSet is \"avx2\", here \"neon\"");
    }
}
