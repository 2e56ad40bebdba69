package dev.vaestream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchSequencerTest {
    private final BatchSequencer sequencer = new BatchSequencer(0, 100, 1, 3);

    @Test
    void recordsInOrderComeOutAtOnce() {
        sequencer.offer(record(0, 0, 10));
        assertThat(drain(sequencer)).containsExactly("0@11");
        sequencer.offer(record(1, 0, 11));
        assertThat(drain(sequencer)).containsExactly("1@12");
    }

    @Test
    void anEarlyRecordWaitsForItsTurn() {
        sequencer.offer(record(1, 0, 0));
        assertThat(drain(sequencer)).isEmpty();
        sequencer.offer(record(0, 0, 1));

        assertThat(drain(sequencer)).containsExactly("0@0", "1@1");
    }

    @Test
    void aLowerSequenceIsADuplicate() {
        sequencer.offer(record(0, 0, 0));
        drain(sequencer);

        assertThat(sequencer.offer(record(0, 0, 1))).isFalse();
    }

    @Test
    void ofTwoEarlyRecordsTheFirstHolds() {
        sequencer.offer(record(1, 0, 0));

        assertThat(sequencer.offer(record(1, 0, 1))).isFalse();
        sequencer.offer(record(0, 0, 2));
        assertThat(drain(sequencer)).containsExactly("0@0", "1@1");
    }

    @Test
    void theResumeOffsetLeavesNoEarlyRecordOut() {
        sequencer.offer(record(2, 0, 4));
        sequencer.offer(record(0, 0, 5));
        sequencer.offer(record(1, 0, 6));

        assertThat(drain(sequencer)).containsExactly("0@4", "1@4", "2@5");
    }

    @Test
    void partitionsAreInterleavedBySequence() {
        BatchSequencer three = new BatchSequencer(4, 100, 3, 10);
        three.offer(record(5, 2, 7));
        three.offer(record(8, 2, 8));
        three.offer(record(6, 0, 3));
        assertThat(drain(three)).isEmpty();
        assertThat(three.missesNext()).isFalse();

        three.offer(record(4, 1, 9));

        assertThat(drain(three)).containsExactly("4@10", "5@8", "6@4");
        assertThat(three.next()).isEqualTo(7);
    }

    @Test
    void aGapIsSeenOnceALaterBatchOfThePartitionIsThere() {
        sequencer.offer(record(1, 0, 0));
        sequencer.offer(record(3, 0, 1));

        assertThat(sequencer.missesNext()).isTrue();
        assertThat(sequencer.highestBeside()).isEqualTo(3);
    }

    @Test
    void tooManyEarlyRecordsFillAPartition() {
        sequencer.offer(record(1, 0, 0));
        sequencer.offer(record(2, 0, 1));
        assertThat(sequencer.full(0)).isFalse();
        sequencer.offer(record(3, 0, 2));

        assertThat(sequencer.full(0)).isTrue();
    }

    @Test
    void whatComesAfterTheRangeIsNotKept() {
        BatchSequencer one = new BatchSequencer(0, 1, 1, 3);

        assertThat(one.offer(record(1, 0, 0))).isTrue();
        assertThat(one.missesNext()).isFalse();
        one.offer(record(0, 0, 1));
        assertThat(drain(one)).containsExactly("0@2");
        assertThat(one.finished()).isTrue();
    }

    private static List<String> drain(BatchSequencer sequencer) {
        List<String> drained = new ArrayList<>();
        for (Optional<Sequenced> next = sequencer.poll(); next.isPresent(); next = sequencer.poll()) {
            drained.add(next.get().received().sequence() + "@" + next.get().resumeOffset());
        }
        return drained;
    }

    private static Received record(long sequence, int partition, long offset) {
        return new Received.Good(partition, offset, Sha256.EMPTY, Fixtures.batch(sequence));
    }
}
