package dev.vaestream.local;

import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What the broker and the store log: warnings, one line each, on standard error, which goes to their log file. */
final class ChildLog {
    private static final String FORMAT = "%1$tFT%1$tT.%1$tL %4$s %3$s %5$s%6$s%n";

    private ChildLog() {}

    static void configure() {
        System.setProperty("java.util.logging.SimpleFormatter.format", FORMAT);
        // Kafka asks Log4j for its levels; without this Log4j prints that it has no implementation.
        System.setProperty("log4j2.loggerContextFactory", "org.apache.logging.log4j.simple.SimpleLoggerContextFactory");
        Logger root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        for (var handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new ConsoleHandler());
    }
}
