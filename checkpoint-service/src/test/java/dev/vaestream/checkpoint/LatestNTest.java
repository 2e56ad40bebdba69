package dev.vaestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatestNTest {
    @Test
    void theOldestAreRetired() {
        assertThat(new LatestN(2).retire(List.of(100L, 200L, 300L, 400L))).containsExactly(100L, 200L);
    }

    @Test
    void fewerThanAskedForAreAllKept() {
        assertThat(new LatestN(4).retire(List.of(100L, 200L))).isEmpty();
    }

    @Test
    void theNewestIsNeverRetired() {
        qt().forAll(integers().between(1, 50), integers().between(1, 100))
                .check((n, count) -> !new LatestN(n).retire(steps(count)).contains((long) count));
    }

    @Test
    void asManyAsAskedForAreKeptWhereThereAreAsMany() {
        qt().forAll(integers().between(1, 50), integers().between(0, 100))
                .check((n, count) -> count - new LatestN(n).retire(steps(count)).size() == Math.min(n, count));
    }

    @Test
    void whatIsKeptIsNewerThanWhatIsRetired() {
        qt().forAll(integers().between(1, 50), integers().between(0, 100)).check((n, count) -> {
            List<Long> retired = new LatestN(n).retire(steps(count));
            return retired.equals(steps(retired.size()));
        });
    }

    @Test
    void keepingNoneIsRefused() {
        assertThatThrownBy(() -> new LatestN(0)).hasMessage("a run keeps at least 1 checkpoint, not 0");
    }

    private static List<Long> steps(int count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }
}
