package dev.vaestream.sampler;

import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.InvalidPictureException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What a client sees of our exceptions (RFC 9457). */
final class Problems {
    private static final int RETRY_SOON = 1;
    private static final int RETRY_LATER = 5;
    private static final int TOO_MANY_REQUESTS = 429;

    @ServerExceptionMapper
    Response invalid(InvalidQueryException e) {
        return problem("invalid-parameter", "The query cannot be answered", 400, e)
                .build()
                .toResponse();
    }

    @ServerExceptionMapper
    Response picture(InvalidPictureException e) {
        return problem("invalid-picture", "The picture cannot be read", 400, e)
                .build()
                .toResponse();
    }

    @ServerExceptionMapper
    Response json(InvalidJsonException e) {
        return problem("invalid-json", "The body cannot be understood", 400, e)
                .build()
                .toResponse();
    }

    @ServerExceptionMapper
    Response tooLarge(RequestTooLargeException e) {
        return problem("body-too-large", "The body is too large", 413, e)
                .build()
                .toResponse();
    }

    @ServerExceptionMapper
    Response unsupported(UnsupportedFormatException e) {
        return problem("not-acceptable", "No format that the client accepts", 406, e)
                .build()
                .toResponse();
    }

    @ServerExceptionMapper
    Response noModel(NoModelException e) {
        return problem("no-model", "No checkpoint has been loaded yet", 503, e)
                .withHeader(HttpHeaders.RETRY_AFTER, RETRY_LATER)
                .build()
                .toResponse();
    }

    @ServerExceptionMapper
    Response noCheckpoint(NoCheckpointException e) {
        return problem("no-checkpoint", "There is no such checkpoint", 404, e)
                .build()
                .toResponse();
    }

    @ServerExceptionMapper
    Response noDataset(NoDatasetException e) {
        return problem("no-dataset", "There are no images to encode", 404, e)
                .build()
                .toResponse();
    }

    @ServerExceptionMapper
    Response unfit(UnfitCheckpointException e) {
        return problem("checkpoint-unfit", "The checkpoint must not be served", 409, e)
                .build()
                .toResponse();
    }

    @ServerExceptionMapper
    Response unavailable(CheckpointServiceException e) {
        return problem("checkpoint-service-unavailable", "The checkpoint service cannot be asked", 503, e)
                .withHeader(HttpHeaders.RETRY_AFTER, RETRY_LATER)
                .build()
                .toResponse();
    }

    @ServerExceptionMapper
    Response forbidden(ChangesForbiddenException e) {
        return problem("changes-forbidden", "Nothing can be changed from here", 403, e)
                .build()
                .toResponse();
    }

    @ServerExceptionMapper
    Response busy(BusyException e) {
        return problem("busy", "Too many requests at once", TOO_MANY_REQUESTS, e)
                .withHeader(HttpHeaders.RETRY_AFTER, RETRY_SOON)
                .build()
                .toResponse();
    }

    private static HttpProblem.Builder problem(String type, String title, int status, RuntimeException e) {
        return HttpProblem.builder()
                .withType(URI.create(type))
                .withTitle(title)
                .withStatus(status)
                .withDetail(e.getMessage());
    }
}
