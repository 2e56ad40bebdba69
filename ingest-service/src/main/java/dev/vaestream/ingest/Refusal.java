package dev.vaestream.ingest;

import java.util.Locale;

/** Why a request is not done, with its HTTP status. The name in kebab-case is the problem's code. */
enum Refusal {
    INVALID_JSON(400, "The body is not what it should be"),
    INVALID_STREAM(400, "The stream does not hold"),
    INVALID_SEQUENCE(400, "The sequence is not a sequence"),
    INVALID_BATCH(400, "The batch does not hold"),
    INVALID_RUN(400, "The run does not fit its stream"),
    NO_STREAM(404, "There is no such stream"),
    NO_DATASET(404, "There is no such dataset"),
    NO_RUN(404, "There is no such run"),
    RUN_ENDED(409, "The run has ended"),
    STREAM_DIFFERS(409, "Another stream has this name"),
    STREAM_HAS_DATASET(409, "The stream's batches come from its dataset"),
    STREAM_BROKEN(409, "The stream's topic does not hold the stream"),
    TOPIC_TAKEN(409, "The stream's topic is in use"),
    BATCH_DIFFERS(409, "Another batch has this sequence"),
    SEQUENCE_GAP(409, "An earlier batch is missing"),
    RUN_DIFFERS(409, "Another run has this name"),
    BODY_TOO_LARGE(413, "The body is too large"),
    BAD_DATASET(422, "The dataset cannot be read"),
    NOT_READY(503, "The service is not ready"),
    OTHER_WRITER(503, "Another ingest appends to the stream"),
    NOT_ACKNOWLEDGED(503, "Kafka has not acknowledged it");

    private final int status;
    private final String title;

    Refusal(int status, String title) {
        this.status = status;
        this.title = title;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
