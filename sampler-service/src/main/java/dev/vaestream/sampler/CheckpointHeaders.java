package dev.vaestream.sampler;

import java.util.LinkedHashMap;
import java.util.Map;

/** The headers by which an answer says whose images it has. */
final class CheckpointHeaders {
    static final String RUN = "Vaestream-Run";
    static final String STEP = "Vaestream-Step";
    static final String PARAMS = "Vaestream-Params-Digest";

    private CheckpointHeaders() {}

    /** By name; others may be put beside them. */
    static Map<String, String> of(Checkpoint checkpoint) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(RUN, checkpoint.manifest().run());
        headers.put(STEP, Long.toString(checkpoint.manifest().step()));
        headers.put(PARAMS, checkpoint.paramsDigest().hex());
        return headers;
    }
}
