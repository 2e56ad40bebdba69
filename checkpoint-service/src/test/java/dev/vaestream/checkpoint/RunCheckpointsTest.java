package dev.vaestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.Manifest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunCheckpointsTest {
    private static final Manifest FIRST = Examples.manifest("demo", 500, null, 1);
    private static final Manifest SECOND = Examples.manifest("demo", 1_000, FIRST, 1);
    private static final Manifest THIRD = Examples.manifest("demo", 1_500, SECOND, 1);

    @Test
    void oneThatIsBeingDeletedIsNoneAnyMore() {
        RunCheckpoints checkpoints = new RunCheckpoints(List.of(FIRST, SECOND, THIRD), Set.of(1_000L));

        assertThat(checkpoints.kept()).containsExactly(FIRST, THIRD);
    }

    @Test
    void oneThatIsBeingDeletedIsTheLatestWhereTheOneAfterItIsLost() {
        RunCheckpoints checkpoints = new RunCheckpoints(List.of(FIRST, SECOND), Set.of(1_000L));

        assertThat(checkpoints.latest()).contains(SECOND);
    }

    @Test
    void allAreKeptWhereAllAreBeingDeleted() {
        RunCheckpoints checkpoints = new RunCheckpoints(List.of(FIRST, SECOND), Set.of(500L, 1_000L));

        assertThat(checkpoints.kept()).containsExactly(FIRST, SECOND);
    }
}
