package dev.vaestream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every reader keeps, whatever the log is made of. */
@Timeout(60)
abstract class PartitionReaderContract {
    /** A reader of a new log of two partitions that holds so many records each, without the first ones. */
    abstract PartitionReader reader(int records, int trimmed);

    @Test
    void everyPartitionIsReadInItsOrderFromItsOffset() {
        try (PartitionReader reader = reader(20, 0)) {
            assertThat(reader.begin(Map.of(0, 3L, 1, 0L), false)).isEmpty();

            List<StreamRecord> records = read(reader, 37);

            assertThat(offsets(records, 0)).isEqualTo(range(3, 20));
            assertThat(offsets(records, 1)).isEqualTo(range(0, 20));
            assertThat(records).allSatisfy(record -> assertThat(record.key()).isEqualTo("k" + record.offset()));
        }
    }

    @Test
    void aFreshReaderBeginsAtTheEndOfAShorterLog() {
        try (PartitionReader reader = reader(2, 0)) {
            reader.begin(Map.of(0, 5L, 1, 0L), true);

            assertThat(offsets(read(reader, 2), 1)).isEqualTo(range(0, 2));
        }
    }

    @Test
    void aFreshReaderSaysWhichLogsBeginLater() {
        try (PartitionReader reader = reader(10, 4)) {
            assertThat(reader.begin(Map.of(0, 2L, 1, 4L), true)).containsExactly(0);

            assertThat(offsets(read(reader, 12), 0)).isEqualTo(range(4, 10));
        }
    }

    @Test
    void aFreshReaderRefusesALogOfWhichAllIsGone() {
        try (PartitionReader reader = reader(10, 10)) {
            assertThatThrownBy(() -> reader.begin(Map.of(0, 0L, 1, 0L), true)).isInstanceOf(RunFailedException.class);
        }
    }

    @Test
    void aReaderThatGoesOnDoesNotMissRecords() {
        try (PartitionReader reader = reader(10, 4)) {
            assertThatThrownBy(() -> reader.begin(Map.of(0, 2L, 1, 4L), false)).isInstanceOf(RunFailedException.class);
        }
    }

    @Test
    void aRecordCanBeReadBeforeReadingBegins() {
        try (PartitionReader reader = reader(10, 4)) {
            assertThat(reader.at(1, 6)).get().extracting(StreamRecord::offset).isEqualTo(6L);
            assertThat(reader.at(0, 3)).isEmpty();
            assertThatThrownBy(() -> reader.at(0, 10))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("the log is shorter than it was");
            reader.begin(Map.of(0, 4L, 1, 4L), false);

            assertThat(offsets(read(reader, 12), 1)).isEqualTo(range(4, 10));
        }
    }

    @Test
    void aReaderSaysWhereTheLogsBegin() {
        try (PartitionReader reader = reader(10, 4)) {
            reader.begin(Map.of(0, 6L, 1, 4L), false);

            assertThat(reader.beginnings()).isEqualTo(Map.of(0, 4L, 1, 4L));
        }
    }

    @Test
    void aReaderSaysHowManyRecordsItHasNotRead() {
        try (PartitionReader reader = reader(10, 0)) {
            reader.begin(Map.of(0, 0L, 1, 6L), true);
            reader.pause(0);
            read(reader, 4);
            assertThat(reader.lag()).isEqualTo(10);
            reader.resume(0);

            read(reader, 10);

            assertThat(reader.lag()).isZero();
        }
    }

    @Test
    void aPausedPartitionWaits() {
        try (PartitionReader reader = reader(10, 0)) {
            reader.begin(Map.of(0, 0L, 1, 0L), true);
            reader.pause(0);

            List<StreamRecord> records = read(reader, 10);
            assertThat(offsets(records, 0)).isEmpty();
            reader.resume(0);

            assertThat(offsets(read(reader, 10), 0)).isEqualTo(range(0, 10));
        }
    }

    private static List<StreamRecord> read(PartitionReader reader, int count) {
        List<StreamRecord> records = new ArrayList<>();
        while (records.size() < count) {
            records.addAll(reader.poll(Duration.ofMillis(50)));
        }
        return records;
    }

    private static List<Long> offsets(List<StreamRecord> records, int partition) {
        return records.stream()
                .filter(record -> record.partition() == partition)
                .map(StreamRecord::offset)
                .toList();
    }

    private static List<Long> range(int first, int end) {
        return IntStream.range(first, end).mapToObj(Long::valueOf).toList();
    }
}
