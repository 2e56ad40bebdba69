package dev.vaestream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.Batch;
import dev.vaestream.contracts.StreamSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two ingests on one stream. */
class StreamAppenderTest {
    private static final Duration DELAY = Duration.ofSeconds(10);

    private final InMemoryKafka kafka = new InMemoryKafka(TestingStreams.TOPICS);
    private final StreamSpec spec = TestingStreams.external(1);
    private final PublishedStream here = new PublishedStream(spec, "batches.x", StreamTail.empty(spec));
    private final PublishedStream there = new PublishedStream(spec, "batches.x", StreamTail.empty(spec));
    private Instant now = Instant.EPOCH;
    private final StreamAppender one = appender();
    private final StreamAppender two = appender();

    @BeforeEach
    void createTopic() {
        kafka.createTopic("batches.x", 1);
    }

    @Test
    void aClaimedStreamIsKnownToItsEnd() {
        append(one, here, 0);

        two.claim(there);

        assertThat(there.tail().published()).isEqualTo(1);
    }

    @Test
    void theOneThatClaimedFirstAppendsNothingMore() {
        append(one, here, 0);
        two.claim(there);

        assertOtherWriter(() -> append(one, here, 1));
        append(two, there, 1);

        assertThat(kafka.readAll("batches.x")).extracting(LogRecord::key).containsExactly("0", "1");
    }

    @Test
    void whileTheOtherGoesOnTheStreamIsLeftToIt() {
        takeOver();

        for (int sequence = 2; sequence < 9; sequence++) {
            append(two, there, sequence);
            now = now.plus(DELAY);
            assertOtherWriter(() -> one.claim(here));
        }
    }

    @Test
    void whatTheOtherAppendedIsSeen() {
        takeOver();
        append(two, there, 2);

        assertOtherWriter(() -> one.claim(here));

        assertThat(here.tail().published()).isEqualTo(3);
    }

    @Test
    void whereTheOtherHasStoppedTheStreamIsTakenOverAgain() {
        takeOver();
        assertOtherWriter(() -> one.claim(here));
        now = now.plus(DELAY);

        append(one, here, 2);

        assertThat(kafka.readAll("batches.x")).hasSize(3);
        assertOtherWriter(() -> append(two, there, 2));
    }

    @Test
    void aWriterThatFailedIsClaimedAnewAtOnce() {
        append(one, here, 0);
        kafka.accept(0);
        assertThatThrownBy(() -> append(one, here, 1)).isInstanceOf(KafkaUnavailableException.class);
        kafka.accept(9);

        append(one, here, 1);

        assertThat(kafka.readAll("batches.x")).hasSize(2);
    }

    @Test
    void aStreamThatWasNotClaimedIsNotAppendedTo() {
        List<Batch> batches = List.of(TestingStreams.batch(0, 1));

        assertThatThrownBy(() -> one.append(here, batches)).isInstanceOf(IllegalStateException.class);
    }

    /** The second takes the stream over, and the first has seen that. */
    private void takeOver() {
        append(one, here, 0);
        append(two, there, 1);
        assertOtherWriter(() -> append(one, here, 1));
    }

    private static void append(StreamAppender appender, PublishedStream stream, long sequence) {
        appender.claim(stream);
        appender.append(stream, List.of(TestingStreams.batch(sequence, 1)));
        stream.acknowledged(sequence);
    }

    private static void assertOtherWriter(Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOf(RefusedException.class)
                .returns(Refusal.OTHER_WRITER, e -> ((RefusedException) e).refusal());
    }

    private StreamAppender appender() {
        return new StreamAppender(kafka, kafka, new TestingClock(), DELAY);
    }

    private final class TestingClock extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
