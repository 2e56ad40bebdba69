package dev.vaestream.checkpoint;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Lets the monitor look, and retention go on, from start to stop. */
@Singleton
class StorageWatch {
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_SWEEP_PAUSE = Duration.ofHours(1);

    private final StorageMonitor monitor;
    private final Retention retention;
    private final BackgroundThread background;
    private final CheckpointConfig config;
    private final BackgroundThread thread = new BackgroundThread("storage-watch");

    StorageWatch(StorageMonitor monitor, Retention retention, BackgroundThread background, CheckpointConfig config) {
        this.monitor = monitor;
        this.retention = retention;
        this.background = background;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        thread.every(config.checkInterval(), monitor::check);
        background.every(max(SHORTEST_PAUSE, config.retentionGrace().dividedBy(2)), retention::goOn);
        background.every(
                max(SHORTEST_PAUSE, min(LONGEST_SWEEP_PAUSE, config.orphanAge().dividedBy(4))), retention::sweep);
    }

    void stop(@Observes ShutdownEvent event) {
        thread.close();
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
