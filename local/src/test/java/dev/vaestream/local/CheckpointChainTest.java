package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.CheckpointSummary;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointChainTest {
    @Test
    void eachAfterTheOneBeforeItIsNoFault() {
        CheckpointChain chain =
                chain(Examples.summary(0, null), Examples.summary(500, 0L), Examples.summary(900, 500L));

        assertThat(chain.faults()).isEmpty();
        assertThat(chain.unlistedParents()).isEmpty();
    }

    @Test
    void aParentThatRetentionTookIsNoFault() {
        CheckpointChain chain = chain(Examples.summary(500, 400L), Examples.summary(900, 800L));

        assertThat(chain.faults()).isEmpty();
        assertThat(chain.unlistedParents()).containsExactly(400L, 800L);
    }

    @Test
    void aParentFromBeforeTheOneBeforeItIsAFault() {
        assertThat(chain(Examples.summary(0, null), Examples.summary(500, 0L), Examples.summary(900, 0L))
                        .faults())
                .containsExactly("checkpoint 900 has parent 0, though 500 was before it");
    }

    @Test
    void aSecondBeginningIsAFault() {
        assertThat(chain(Examples.summary(500, null), Examples.summary(900, null))
                        .faults())
                .containsExactly("checkpoint 900 has no parent, though 500 was before it");
    }

    private static CheckpointChain chain(CheckpointSummary... checkpoints) {
        return new CheckpointChain(List.of(checkpoints));
    }
}
