package dev.vaestream.trainer;

import dev.vaestream.contracts.ConsumedRecord;
import dev.vaestream.contracts.Progress;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StreamSpec;
import org.jboss.logging.Logger;

/**
 * Reads the last record again that a checkpoint has consumed of each partition. A topic keeps its id when its log is cut
 * off by an unclean election or restored from an older copy; what is appended then has other bytes at old offsets.
 */
final class LogCheck {
    private static final Logger LOG = Logger.getLogger(LogCheck.class);

    private LogCheck() {}

    /**
     * Checks.
     *
     * @throws RunFailedException where a record is another one than the checkpoint has consumed
     * @throws UnavailableException where Kafka does not give it for now
     */
    static void requireSame(StreamSpec stream, Progress progress, PartitionReader reader) {
        progress.lastRecords()
                .forEach((partition, consumed) -> reader.at(partition, consumed.offset())
                        .ifPresentOrElse(
                                record -> requireSame(stream, consumed, record),
                                () -> LOG.warnf(
                                        "record %d of partition %d of stream '%s' is not compared, because retention"
                                                + " has deleted it",
                                        consumed.offset(), partition, stream.stream())));
    }

    private static void requireSame(StreamSpec stream, ConsumedRecord consumed, StreamRecord record) {
        Sha256 digest = Sha256.of(record.value());
        if (record.offset() != consumed.offset() || !digest.equals(consumed.digest())) {
            throw new RunFailedException(
                    "the log of stream '%s' is not the one that the run has read: record %d of partition %d had SHA-256 %s, and record %d has %s; restore the topic, or begin another run"
                            .formatted(
                                    stream.stream(),
                                    consumed.offset(),
                                    record.partition(),
                                    consumed.digest().abbreviated(),
                                    record.offset(),
                                    digest.abbreviated()));
        }
    }
}
