package dev.vaestream.vae;

/** A run asks for a device that this machine does not have; another machine may. */
public final class MissingDeviceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingDeviceException(String message) {
        super(message);
    }
}
