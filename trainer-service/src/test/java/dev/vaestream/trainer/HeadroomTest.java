package dev.vaestream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.Progress;
import dev.vaestream.contracts.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HeadroomTest {
    private static final RunSpec SPEC = Fixtures.spec(50, 20, 10);

    private final List<Long> gauge = new ArrayList<>();
    private final Headroom headroom = new Headroom("stream", gauge::add);
    private final InMemoryLog log = new InMemoryLog(2);

    @Test
    void itIsThePartitionThatIsNearestToItsEnd() {
        assertThat(Headroom.least(Map.of(0, 10L, 1, 7L), Map.of(0, 2L, 1, 4L))).isEqualTo(3);
    }

    @Test
    void recordsThatAreGoneMakeItNegative() {
        assertThat(Headroom.least(Map.of(0, 2L, 1, 9L), Map.of(0, 5L, 1, 0L))).isEqualTo(-3);
    }

    @Test
    void itIsLookedAtOnceForEachCheckpoint() {
        fill();
        try (PartitionReader reader = reader()) {
            headroom.committed(at(8));
            headroom.look(reader);
            headroom.look(reader);
        }
        assertThat(gauge).containsExactly(8L);
    }

    @Test
    void retentionEatsItUp() {
        fill();
        try (PartitionReader reader = reader()) {
            log.trim(1, 5);
            headroom.committed(at(8));
            headroom.look(reader);
        }
        assertThat(gauge).containsExactly(3L);
    }

    private void fill() {
        for (int record = 0; record < 10; record++) {
            log.append(0, "k", new byte[0]);
            log.append(1, "k", new byte[0]);
        }
    }

    private PartitionReader reader() {
        PartitionReader reader = log.reader(1);
        reader.begin(Map.of(0, 8L, 1, 8L), false);
        return reader;
    }

    private static Progress at(long offset) {
        Progress start = RunProgress.begin(SPEC, Fixtures.stream(2, 2));
        return new Progress(
                start.step(),
                start.nextSequence(),
                new TreeMap<>(Map.of(0, offset, 1, offset)),
                start.lastRecords(),
                start.inputDigest(),
                start.skipped(),
                start.key(),
                start.window(),
                start.epoch());
    }
}
