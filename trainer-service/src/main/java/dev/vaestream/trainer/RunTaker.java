package dev.vaestream.trainer;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.InvalidBatchException.Reason;
import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunRequest;
import java.time.Clock;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Takes what the queue of runs holds, one at a time. */
final class RunTaker {
    private static final Logger LOG = Logger.getLogger(RunTaker.class);

    private final RunOwnership ownership;
    private final RunWorker worker;
    private final EventLog events;
    private final Backoff backoff;
    private final TrainerStatus status;
    private final Clock clock;

    RunTaker(
            RunOwnership ownership,
            RunWorker worker,
            EventLog events,
            Backoff backoff,
            TrainerStatus status,
            Clock clock) {
        this.ownership = ownership;
        this.worker = worker;
        this.events = events;
        this.backoff = backoff;
        this.status = status;
        this.clock = clock;
    }

    /**
     * Works on a run, for as long as it takes.
     *
     * @param offset of the record in its partition
     * @return what the queue may do with it
     */
    Outcome take(TopicPartition partition, long offset, String key, byte[] value) {
        Optional<StopSignal> stop = ownership.begin(partition);
        if (stop.isEmpty()) {
            return Outcome.LEFT;
        }
        try {
            return worker.work(Json.read(value, RunRequest.class), stop.get());
        } catch (InvalidJsonException e) {
            LOG.errorf("run '%s' at offset %d of %s cannot be read: %s", key, offset, partition, e.getMessage());
            DeadLetter letter = new DeadLetter(
                    partition.topic(), partition.partition(), offset, ByteString.copyFrom(value), Reason.UNREADABLE);
            return refuse(letter, failed(key, "the run cannot be read: " + e.getMessage()), stop.get());
        } finally {
            ownership.end();
        }
    }

    private Outcome refuse(DeadLetter letter, Optional<RunEvent> failed, StopSignal stop) {
        try {
            return new Retries(backoff, status, stop).call(RunWorker.RUN, () -> {
                events.publish(letter);
                failed.ifPresent(events::publish);
                events.flush();
                return Outcome.ENDED;
            });
        } catch (UnavailableException e) {
            return Outcome.LEFT;
        }
    }

    /** Nothing where the key is no name of a run, so that there is nobody to tell. */
    private Optional<RunEvent> failed(String key, String reason) {
        try {
            return Optional.of(new RunEvent(key, RunEvent.State.FAILED, 0, reason, null, clock.instant()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
