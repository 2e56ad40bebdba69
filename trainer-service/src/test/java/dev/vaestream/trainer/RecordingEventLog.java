package dev.vaestream.trainer;

import dev.vaestream.contracts.MetricsEvent;
import dev.vaestream.contracts.RunEvent;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is published. */
final class RecordingEventLog implements EventLog {
    private final List<RunEvent> runEvents = new ArrayList<>();
    private final List<MetricsEvent> metrics = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private int flushes;

    @Override
    public synchronized void publish(RunEvent event) {
        runEvents.add(event);
    }

    @Override
    public synchronized void publish(MetricsEvent event) {
        metrics.add(event);
    }

    @Override
    public synchronized void publish(DeadLetter letter) {
        deadLetters.add(letter);
    }

    @Override
    public synchronized void flush() {
        flushes++;
    }

    synchronized List<RunEvent> runEvents() {
        return List.copyOf(runEvents);
    }

    synchronized List<MetricsEvent> metrics() {
        return List.copyOf(metrics);
    }

    synchronized List<DeadLetter> deadLetters() {
        return List.copyOf(deadLetters);
    }

    synchronized int flushes() {
        return flushes;
    }
}
