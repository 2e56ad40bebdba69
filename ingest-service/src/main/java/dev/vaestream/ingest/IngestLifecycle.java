package dev.vaestream.ingest;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks after Kafka from start to stop, on a thread of its own: Kafka may be away for as long as it likes. */
@Singleton
final class IngestLifecycle {
    private final KafkaWatch watch;
    private final IngestConfig config;
    private final ScheduledExecutorService thread;
    private @Nullable Future<?> looking;

    @Inject
    IngestLifecycle(KafkaWatch watch, IngestConfig config) {
        this.watch = watch;
        this.config = config;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "kafka-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    void start(@Observes StartupEvent event) {
        looking = thread.scheduleWithFixedDelay(
                watch::look, 0, config.checkInterval().toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        if (looking != null) {
            looking.cancel(true);
        }
        thread.shutdownNow();
    }
}
