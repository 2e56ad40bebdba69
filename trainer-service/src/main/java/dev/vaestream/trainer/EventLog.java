package dev.vaestream.trainer;

import dev.vaestream.contracts.MetricsEvent;
import dev.vaestream.contracts.RunEvent;

/** Where a trainer publishes. Everything is at least once; {@link #flush} says when it is. */
interface EventLog {
    void publish(RunEvent event);

    void publish(MetricsEvent event);

    /** Sets a record aside. */
    void publish(DeadLetter letter);

    /**
     * Returns once all that was published is in Kafka.
     *
     * @throws UnavailableException where Kafka does not take it for now; it is not forgotten
     */
    void flush();
}
