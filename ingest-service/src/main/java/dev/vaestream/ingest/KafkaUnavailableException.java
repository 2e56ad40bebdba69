package dev.vaestream.ingest;

import java.io.Serial;

/** Kafka does not answer as it should; worth another try later. */
final class KafkaUnavailableException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    KafkaUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    KafkaUnavailableException(String message) {
        super(message);
    }
}
