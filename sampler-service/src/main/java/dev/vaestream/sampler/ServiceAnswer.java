package dev.vaestream.sampler;

/** What another service said in JSON, to be passed on as it is. */
record ServiceAnswer(int status, String contentType, String body) {
    private static final int FAILURES = 500;

    /** Whether it says nothing of what was asked for. */
    boolean isFailure() {
        return status >= FAILURES;
    }
}
