package dev.vaestream.trainer;

import net.jpountz.lz4.LZ4Factory;
import org.jboss.logging.Logger;

/**
 * Batches come compressed with LZ4. Kafka takes the native decompressor only where it is loaded already or stands on the
 * system's class path, where a Quarkus service has nothing; the one in Java takes several times as long.
 */
final class NativeLz4 {
    private static final Logger LOG = Logger.getLogger(NativeLz4.class);

    private NativeLz4() {}

    /** Loads it where this machine has it and a directory to unpack it to. Before the first batch, or to no avail. */
    static void load() {
        try {
            LZ4Factory.nativeInstance();
        } catch (LinkageError | RuntimeException e) {
            LOG.infof("LZ4 is decompressed in Java, which takes longer: %s", e.getMessage());
        }
    }
}
