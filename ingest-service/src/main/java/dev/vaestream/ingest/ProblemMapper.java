package dev.vaestream.ingest;

import dev.vaestream.contracts.DatasetException;
import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Json;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every refusal as problem+json; its {@code code} is for programs. */
final class ProblemMapper {
    private static final int RETRY_SECONDS = 5;

    @ServerExceptionMapper
    Response refused(RefusedException e) {
        return problem(e.refusal(), String.valueOf(e.getMessage()), e.members());
    }

    @ServerExceptionMapper
    Response invalidJson(InvalidJsonException e) {
        return problem(Refusal.INVALID_JSON, String.valueOf(e.getMessage()), Map.of("field", e.path()));
    }

    @ServerExceptionMapper
    Response badDataset(DatasetException e) {
        return problem(Refusal.BAD_DATASET, String.valueOf(e.getMessage()), Map.of());
    }

    @ServerExceptionMapper
    Response kafkaUnavailable(KafkaUnavailableException e) {
        return problem(Refusal.NOT_ACKNOWLEDGED, String.valueOf(e.getMessage()), Map.of());
    }

    /** The same where no resource answers. */
    static String json(Refusal refusal, String detail) {
        return Json.mapper()
                .createObjectNode()
                .put("type", refusal.code())
                .put("title", refusal.title())
                .put("status", refusal.status())
                .put("detail", detail)
                .toString();
    }

    private static Response problem(Refusal refusal, String detail, Map<String, Object> members) {
        HttpProblem.Builder problem = HttpProblem.builder()
                .withType(URI.create(refusal.code()))
                .withTitle(refusal.title())
                .withStatus(refusal.status())
                .withDetail(detail);
        members.forEach(problem::with);
        if (refusal.status() == Response.Status.SERVICE_UNAVAILABLE.getStatusCode()) {
            problem.withHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        return problem.build().toResponse();
    }
}
