package dev.vaestream.checkpoint;

import dev.vaestream.contracts.CheckpointEvent;
import dev.vaestream.contracts.CheckpointEvent.Change;
import dev.vaestream.contracts.CrashPoint;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Publishes events one after another on a thread of its own, each again and again until it is taken. Who hands one over
 * never waits. Of a checkpoint only the newest event matters; of more than can be kept the oldest are let go.
 */
final class Announcer implements Consumer<CheckpointEvent>, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Announcer.class);
    private static final int MAX_WAITING = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Function<CheckpointEvent, CompletionStage<Void>> publisher;
    private final Duration retry;
    private final Counter failures;
    private final BackgroundThread thread;
    private final Map<String, CheckpointEvent> waiting = new LinkedHashMap<>();
    private boolean active;
    private volatile String fault = "";

    /** @param publisher answers once the event is taken */
    Announcer(Function<CheckpointEvent, CompletionStage<Void>> publisher, Duration retry, MeterRegistry meters) {
        this.publisher = publisher;
        this.retry = retry;
        this.failures = Counter.builder("vaestream.checkpoint.events.failures")
                .description("Attempts to publish an event that Kafka did not take")
                .register(meters);
        Gauge.builder("vaestream.checkpoint.events.waiting", this, Announcer::waiting)
                .description("Events that Kafka has not taken yet")
                .register(meters);
        this.thread = new BackgroundThread("announcer");
    }

    @Override
    public void accept(CheckpointEvent event) {
        synchronized (waiting) {
            waiting.remove(event.key());
            waiting.put(event.key(), event);
            if (waiting.size() > MAX_WAITING) {
                waiting.remove(waiting.keySet().iterator().next());
            }
            if (!active) {
                active = true;
                thread.execute(this::publishWaiting);
            }
        }
    }

    /** Events that are not taken yet. */
    int waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    /** Why the last attempt failed; empty where it did not. */
    String fault() {
        return fault;
    }

    @Override
    public void close() {
        thread.close();
    }

    private void publishWaiting() {
        for (Optional<CheckpointEvent> next = next(); next.isPresent(); next = next()) {
            CheckpointEvent event = next.get();
            boolean taken = event.change() == Change.COMMITTED
                    ? CrashPoint.COMMIT_EVENT.around(() -> publish(event))
                    : publish(event);
            if (!taken) {
                thread.after(retry, this::publishWaiting);
                return;
            }
            synchronized (waiting) {
                waiting.remove(event.key(), event);
            }
        }
    }

    private Optional<CheckpointEvent> next() {
        synchronized (waiting) {
            Iterator<CheckpointEvent> events = waiting.values().iterator();
            active = events.hasNext();
            return active ? Optional.of(events.next()) : Optional.empty();
        }
    }

    private boolean publish(CheckpointEvent event) {
        try {
            publisher.apply(event).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            fault = "";
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            if (fault.isEmpty()) {
                LOG.warnf("events wait, because %s is not taken: %s", event.key(), reason(e));
            }
            fault = reason(e);
            failures.increment();
            return false;
        }
    }

    /** What failed and, where that has a cause, why. */
    private static String reason(Exception e) {
        Throwable what = e;
        while (what.getCause() != null
                && (what instanceof ExecutionException || what instanceof IllegalStateException)) {
            what = what.getCause();
        }
        Throwable why = what;
        while (why.getCause() != null) {
            why = why.getCause();
        }
        String reason = what.getMessage() == null ? "no answer within " + PATIENCE : what.getMessage();
        return why == what ? reason : reason + ": " + why.getMessage();
    }
}
