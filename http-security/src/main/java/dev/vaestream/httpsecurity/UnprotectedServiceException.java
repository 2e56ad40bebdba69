package dev.vaestream.httpsecurity;

import io.quarkus.runtime.configuration.ConfigurationException;

/** A service is set up to answer whom it must not. */
final class UnprotectedServiceException extends ConfigurationException {
    private static final long serialVersionUID = 1L;

    UnprotectedServiceException(String message) {
        super(message);
    }
}
