package dev.vaestream.ingest;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;

/** Waiting for Kafka's word, as long as a client may be kept waiting. */
record Acknowledgement(Duration timeout) {

    /**
     * @throws RefusedException where the answer takes too long; the record is still on its way
     * @throws KafkaUnavailableException where Kafka refused the record
     */
    void await(CompletableFuture<Void> sent, String what) {
        try {
            sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw late(what);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new KafkaUnavailableException("Kafka refused " + what + ": " + cause.getMessage(), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw late(what);
        }
    }

    /** Takes {@code lock}, or refuses where others hold it too long. */
    void lock(Lock lock) {
        try {
            if (lock.tryLock(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw late("what was sent before");
    }

    private RefusedException late(String what) {
        return new RefusedException(
                Refusal.NOT_ACKNOWLEDGED,
                "Kafka has not acknowledged %s within %d ms; send the same again".formatted(what, timeout.toMillis()));
    }
}
