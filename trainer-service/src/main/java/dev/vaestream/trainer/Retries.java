package dev.vaestream.trainer;

import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Repeats what is unavailable until it works, with a reason in readiness. Once asked to stop it tries only once, and an
 * interrupt ends it.
 */
final class Retries {
    private static final Logger LOG = Logger.getLogger(Retries.class);

    private final Backoff backoff;
    private final TrainerStatus status;
    private final StopSignal stop;

    Retries(Backoff backoff, TrainerStatus status, StopSignal stop) {
        this.backoff = backoff;
        this.status = status;
        this.stop = stop;
    }

    /**
     * @param what one word for what is done, in readiness and the log
     * @throws UnavailableException only after the signal to stop or an interrupt
     */
    <T> T call(String what, Supplier<T> action) {
        try {
            for (int failures = 1; ; failures++) {
                try {
                    return action.get();
                } catch (UnavailableException e) {
                    waitAfter(what, e, failures);
                }
            }
        } finally {
            status.goesOn(what);
        }
    }

    private void waitAfter(String what, UnavailableException failure, int failures) {
        if (stop.isStopped()) {
            throw failure;
        }
        status.waits(what, String.valueOf(failure.getMessage()));
        LOG.warnf("%s waits: %s", what, failure.getMessage());
        stop.pause(backoff.after(failures));
        if (Thread.currentThread().isInterrupted()) {
            throw failure;
        }
    }
}
