package dev.vaestream.checkpoint;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Lets the monitor look from start to stop. */
@Singleton
class StorageWatch {
    private final StorageMonitor monitor;
    private final CheckpointConfig config;
    private final BackgroundThread thread = new BackgroundThread("storage-watch");

    StorageWatch(StorageMonitor monitor, CheckpointConfig config) {
        this.monitor = monitor;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        thread.every(config.checkInterval(), monitor::check);
    }

    void stop(@Observes ShutdownEvent event) {
        thread.close();
    }
}
