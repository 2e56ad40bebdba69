package dev.vaestream.checkpoint;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What a client sees of our exceptions (RFC 9457). */
final class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);
    private static final int RETRY_AFTER_SECONDS = 2;

    private final Map<Problem, Counter> answered = new EnumMap<>(Problem.class);

    Problems(MeterRegistry meters) {
        Arrays.stream(Problem.values())
                .forEach(problem -> answered.put(
                        problem,
                        Counter.builder("vaestream.checkpoint.problems")
                                .description("Answers that were a problem")
                                .tag("problem", problem.code())
                                .register(meters)));
    }

    @ServerExceptionMapper
    Response refused(RefusedException e) {
        HttpProblem.Builder problem = problem(e.problem(), e);
        if (!e.missing().isEmpty()) {
            problem.with("missing", e.missing());
        }
        return problem.build().toResponse();
    }

    @ServerExceptionMapper
    Response corrupt(CorruptManifestException e) {
        return problem(Problem.MANIFEST_CORRUPT, e).build().toResponse();
    }

    @ServerExceptionMapper
    Response unavailable(StorageUnavailableException e) {
        LOG.warn(e.getMessage());
        return problem(Problem.STORAGE_UNAVAILABLE, e).build().toResponse();
    }

    private HttpProblem.Builder problem(Problem problem, RuntimeException e) {
        Objects.requireNonNull(answered.get(problem)).increment();
        HttpProblem.Builder builder = HttpProblem.builder()
                .withType(URI.create(problem.code()))
                .withTitle(problem.title())
                .withStatus(problem.status())
                .withDetail(e.getMessage());
        if (problem == Problem.STORAGE_UNAVAILABLE) {
            builder.withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return builder;
    }
}
