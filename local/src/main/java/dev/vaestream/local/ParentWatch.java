package dev.vaestream.local;

import java.io.IOException;
import java.io.InputStream;

/**
 * A Java agent that ends its process when the process that started it is gone, even if that was killed: the pipe that
 * is this process's standard input then ends. It is the only class of its jar, so that a service's class path stays
 * what it is elsewhere.
 */
public final class ParentWatch {
    private static final int EXIT_PARENT_GONE = 143;
    private static final long GRACE_MILLIS = 8_000;

    private ParentWatch() {}

    public static void premain(@SuppressWarnings("unused") String arguments) {
        InputStream parent = System.in;
        start("parent-watch", () -> {
            awaitEnd(parent);
            start("parent-watch-halt", ParentWatch::haltAfterGrace);
            System.exit(EXIT_PARENT_GONE);
        });
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void awaitEnd(InputStream parent) {
        try {
            while (parent.read() >= 0) {
                // What comes does not matter, only that it ends.
            }
        } catch (IOException e) {
            // A pipe that cannot be read has ended.
        }
    }

    private static void haltAfterGrace() {
        try {
            Thread.sleep(GRACE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(EXIT_PARENT_GONE);
    }
}
