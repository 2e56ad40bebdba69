package dev.vaestream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.Batch;
import dev.vaestream.contracts.BatchMessage;
import dev.vaestream.contracts.InvalidBatchException.Reason;
import dev.vaestream.contracts.Sha256;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchDecoderTest {
    private final BatchDecoder decoder = new BatchDecoder(Fixtures.stream(2, 2));

    @Test
    void aBatchOfTheStreamIsGood() {
        byte[] value = Fixtures.batch(5).encode();

        Received received = decoder.decode(new StreamRecord(1, 40, "5", value));

        assertThat(received).isEqualTo(new Received.Good(1, 40, Sha256.of(value), Fixtures.batch(5)));
    }

    @Test
    void bytesThatAreNoBatchHaveThePlaceThatTheirKeySays() {
        assertBad(decode(1, "5", new byte[] {-1}), 5, Reason.UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "five", "-5", "5.0", "123456789012345678901", "4"})
    void bytesThatAreNoBatchWithoutAKeyOfThePartitionHaveNoPlace(String key) {
        assertBad(decode(1, key, new byte[] {-1}), Received.NOWHERE, Reason.UNREADABLE);
    }

    @Test
    void aRecordWithoutKeyAndValueHasNoPlace() {
        assertBad(decode(0, null, new byte[0]), Received.NOWHERE, Reason.INCONSISTENT);
    }

    @Test
    void aBatchOfAnotherSizeIsMisshapen() {
        assertBad(decode(1, "5", Fixtures.batch(5, 7).encode()), 5, Reason.MISSHAPEN);
    }

    @Test
    void aLabelThatIsNoClassIsInconsistent() {
        Batch good = Fixtures.batch(5);
        byte[] value = BatchMessage.newBuilder()
                .setSequence(5)
                .setHeight(4)
                .setWidth(4)
                .setClasses(3)
                .setImages(good.images())
                .setLabels(com.google.protobuf.ByteString.copyFrom(new byte[] {0, 1, 2, 3, 0, 1, 2, 0}))
                .build()
                .toByteArray();

        assertBad(decode(1, "5", value), 5, Reason.INCONSISTENT);
    }

    @Test
    void aBatchWithMoreClassesIsMisshapen() {
        Batch good = Fixtures.batch(5);
        byte[] value = new Batch(5, 0, 5, 25, good.shape(), 4, good.images(), good.labels()).encode();

        assertBad(decode(1, "5", value), 5, Reason.MISSHAPEN);
    }

    @Test
    void aBatchInAnotherPartitionHasNoPlace() {
        assertBad(decode(0, "5", Fixtures.batch(5).encode()), Received.NOWHERE, Reason.INCONSISTENT);
    }

    @Test
    void theValueSaysTheSequenceNotTheKey() {
        assertThat(decode(1, "7", Fixtures.batch(5).encode()).sequence()).isEqualTo(5);
    }

    @Test
    void aTruncatedBatchIsNeverGood() {
        byte[] value = Fixtures.batch(5).encode();
        for (int length = 0; length < value.length; length++) {
            assertThat(decode(1, "5", Arrays.copyOf(value, length))).isInstanceOf(Received.Bad.class);
        }
    }

    private Received decode(int partition, @Nullable String key, byte[] value) {
        return decoder.decode(new StreamRecord(partition, 40, key, value));
    }

    private static void assertBad(Received received, long sequence, Reason reason) {
        assertThat(received).isInstanceOfSatisfying(Received.Bad.class, bad -> {
            assertThat(bad.sequence()).isEqualTo(sequence);
            assertThat(bad.reason()).isEqualTo(reason);
        });
    }
}
