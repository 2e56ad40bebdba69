package dev.vaestream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vaestream.contracts.StreamSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchIntakeTest {
    private final InMemoryKafka kafka = new InMemoryKafka(TestingStreams.TOPICS);
    private final StreamSpec spec = TestingStreams.external(2);
    private final PublishedStream stream = stream();
    private final BatchIntake intake = intake();
    private final BatchIntake other = intake();

    @BeforeEach
    void createTopic() {
        kafka.createTopic("batches.x", 2);
    }

    @Test
    void theNextBatchIsAppended() {
        put(0, 1);
        put(1, 1);

        BatchReceipt receipt = put(2, 1);

        assertThat(receipt).isEqualTo(new BatchReceipt("x", 2, 0, 1, false));
    }

    @Test
    void theSameBatchAgainIsADuplicate() {
        put(0, 1);
        put(1, 2);

        BatchReceipt receipt = put(0, 1);

        assertThat(receipt).isEqualTo(new BatchReceipt("x", 0, 0, 0, true));
        assertThat(kafka.readAll("batches.x")).hasSize(2);
    }

    @Test
    void anotherBatchInItsPlaceIsRefused() {
        put(0, 1);

        RefusedException refusal = catchThrowableOfType(RefusedException.class, () -> put(0, 2));

        assertThat(refusal).hasMessage("Batch 0 of stream 'x' is another one; it cannot be replaced");
        assertThat(refusal.refusal()).isEqualTo(Refusal.BATCH_DIFFERS);
    }

    @Test
    void aBatchAfterAGapIsRefusedWithTheExpectedOne() {
        put(0, 1);

        RefusedException refusal = catchThrowableOfType(RefusedException.class, () -> put(2, 1));

        assertThat(refusal).hasMessage("Stream 'x' waits for batch 1, not 2");
        assertThat(refusal.members()).isEqualTo(Map.of("expected", 1L));
    }

    @Test
    void whatAnotherIngestAppendedCountsForAGap() {
        put(0, 1);
        other.put(stream(), TestingStreams.batch(1, 1));

        RefusedException refusal = catchThrowableOfType(RefusedException.class, () -> put(3, 1));

        assertThat(refusal.members()).isEqualTo(Map.of("expected", 2L));
    }

    @Test
    void aDuplicateTakesTheStreamFromNobody() {
        put(0, 1);

        assertThat(other.put(stream(), TestingStreams.batch(0, 1)).duplicate()).isTrue();

        assertThat(put(1, 1).duplicate()).isFalse();
    }

    @Test
    void whileKafkaIsSilentTheBatchIsNotAcknowledged() {
        kafka.beSilent();

        assertThatThrownBy(() -> put(0, 1)).isInstanceOf(KafkaUnavailableException.class);
    }

    @Test
    void aBatchThatKafkaTookWithoutAWordIsNotAppendedTwice() {
        kafka.beSilent();
        assertThatThrownBy(() -> put(0, 1)).isInstanceOf(KafkaUnavailableException.class);
        kafka.speak();

        BatchReceipt receipt = put(0, 1);

        assertThat(receipt.duplicate()).isTrue();
        assertThat(kafka.readAll("batches.x")).hasSize(1);
    }

    @Test
    void aBatchThatKafkaRefusedMayBeSentAgain() {
        kafka.accept(0);
        assertThatThrownBy(() -> put(0, 1)).isInstanceOf(KafkaUnavailableException.class);
        kafka.accept(1);

        assertThat(put(0, 1).duplicate()).isFalse();
    }

    @Test
    void whileAnotherHoldsTheStreamTheClientIsToldToAskAgain() throws Exception {
        Thread other = new Thread(stream.writer()::lock);
        other.start();
        other.join();

        assertThatThrownBy(() -> put(0, 1))
                .isInstanceOf(RefusedException.class)
                .hasMessage("Kafka has not acknowledged what was sent before within 20 ms; send the same again");
    }

    private PublishedStream stream() {
        return new PublishedStream(spec, "batches.x", StreamTail.empty(spec));
    }

    private BatchIntake intake() {
        StreamAppender appender = new StreamAppender(kafka, kafka, Clock.systemUTC(), Duration.ofSeconds(10));
        return new BatchIntake(kafka, appender, Duration.ofMillis(20));
    }

    private BatchReceipt put(long sequence, int filling) {
        return intake.put(stream, TestingStreams.batch(sequence, filling));
    }
}
