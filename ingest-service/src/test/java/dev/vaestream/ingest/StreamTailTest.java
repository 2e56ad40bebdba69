package dev.vaestream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.StreamSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamTailTest {
    private static final StreamSpec SPEC = TestingStreams.external(3);

    @Test
    void anEmptyStreamWaitsForItsFirstBatch() {
        assertThat(StreamTail.of(SPEC, List.of(end(0, 0, null), end(0, 0, null), end(0, 0, null)))
                        .next())
                .containsExactly(0L, 1L, 2L);
    }

    @Test
    void aPartitionWaitsForItsLastBatchAndP() {
        StreamTail tail = StreamTail.of(SPEC, List.of(end(0, 3, "6"), end(0, 1, "1"), end(0, 2, "5")));

        assertThat(tail.next()).containsExactly(9L, 4L, 8L);
    }

    @Test
    void whatIsPublishedEndsBeforeTheFirstMissingBatch() {
        StreamTail tail = StreamTail.of(SPEC, List.of(end(0, 3, "6"), end(0, 1, "1"), end(0, 2, "5")));

        assertThat(tail.published()).isEqualTo(4);
    }

    @Test
    void batchesBehindTheFirstMissingOneAreHeld() {
        StreamTail tail = StreamTail.of(SPEC, List.of(end(0, 3, "6"), end(0, 1, "1"), end(0, 2, "5")));

        assertThat(List.of(3L, 4L, 5L, 6L, 7L, 8L)).filteredOn(tail::holds).containsExactly(3L, 5L, 6L);
    }

    @Test
    void anAcknowledgedBatchMovesItsPartition() {
        assertThat(StreamTail.empty(SPEC).with(0).with(2).with(3).next()).containsExactly(6L, 1L, 5L);
    }

    @Test
    void aBatchBehindAMissingOneMovesNothing() {
        assertThat(StreamTail.empty(SPEC).with(3)).isEqualTo(StreamTail.empty(SPEC));
    }

    @Test
    void offsetsWithoutRecordsAreNoBatches() {
        StreamTail tail = StreamTail.of(SPEC, List.of(end(0, 6, "6"), end(0, 1, null), end(0, 9, "5")));

        assertThat(tail.next()).containsExactly(9L, 1L, 8L);
    }

    @Test
    void aMissingBatchBreaksTheStream() {
        assertThatThrownBy(() -> StreamTail.of(SPEC, List.of(end(0, 0, null), end(0, 2, "7"), end(0, 0, null))))
                .isInstanceOf(RefusedException.class)
                .hasMessage("Partition 1 of stream 'x' has offsets 0 to 2 and ends with batch 7;"
                        + " it must begin at 0 and hold every batch g with g mod 3 = 1");
    }

    @Test
    void aBatchOfAnotherPartitionBreaksTheStream() {
        assertThatThrownBy(() -> StreamTail.of(SPEC, List.of(end(0, 0, null), end(0, 3, "6"), end(0, 0, null))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("ends with batch 6");
    }

    @Test
    void batchesThatWereDeletedBreakTheStream() {
        assertThatThrownBy(() -> StreamTail.of(SPEC, List.of(end(1, 3, "6"), end(0, 0, null), end(0, 0, null))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("Partition 0 of stream 'x' has offsets 1 to 3");
    }

    @Test
    void aTopicWhoseBatchesWereAllDeletedIsNoEmptyStream() {
        assertThatThrownBy(() -> StreamTail.of(SPEC, List.of(end(3, 3, null), end(0, 0, null), end(0, 0, null))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("has offsets 3 to 3 and ends with batch null");
    }

    @Test
    void aRecordWithoutAKeyBreaksTheStream() {
        LogRecord foreign = new LogRecord(0, 0, null, null);

        assertThatThrownBy(() ->
                        StreamTail.of(SPEC, List.of(new PartitionEnd(0, 1, foreign), end(0, 0, null), end(0, 0, null))))
                .isInstanceOf(RefusedException.class);
    }

    private static PartitionEnd end(long beginning, long end, @Nullable String lastKey) {
        return new PartitionEnd(beginning, end, lastKey == null ? null : new LogRecord(0, end - 1, lastKey, null));
    }
}
