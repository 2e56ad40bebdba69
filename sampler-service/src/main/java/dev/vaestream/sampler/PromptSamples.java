package dev.vaestream.sampler;

import dev.vaestream.sampler.Turns.Turn;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers requests for samples on the thread that read them, where that takes less time than handing them to another: few
 * images of a model that is loaded. Whatever else there is, faults among it, is {@link SampleResource}'s, which would give
 * the same answer.
 */
final class PromptSamples {
    /** Multiplications of some ten images of the default model, which take a tenth of a millisecond. */
    private static final long MAX_WORK = 5_000_000;

    private final SamplerConfig config;
    private final Models models;
    private final Turns turns;
    private final SamplerMetrics metrics;

    PromptSamples(SamplerConfig config, Models models, Turns turns, SamplerMetrics metrics) {
        this.config = config;
        this.models = models;
        this.turns = turns;
        this.metrics = metrics;
    }

    /** Answers, or hands on. */
    void handle(RoutingContext exchange) {
        if (isConditional(exchange.request()) || !answered(exchange)) {
            exchange.next();
        }
    }

    private boolean answered(RoutingContext exchange) {
        try {
            SampleQuery query = SampleQuery.of(
                    parameters(exchange), config.maxCount(), parameters -> format(parameters, exchange.request()));
            Optional<Lease> lease = models.loaded(query.reference());
            return lease.isPresent() && answered(exchange, query, lease.get());
        } catch (InvalidQueryException
                | NoCheckpointException
                | UnsupportedFormatException
                | BusyException
                | IllegalArgumentException e) {
            // Said by the resource, in its words.
            return false;
        }
    }

    private boolean answered(RoutingContext exchange, SampleQuery query, Lease lease) {
        try (lease) {
            Checkpoint checkpoint = lease.model().checkpoint();
            SampleAnswer answer = SampleAnswer.of(query, checkpoint, config.maxPixels());
            if (answer.images() * checkpoint.model().parameters() > MAX_WORK) {
                return false;
            }
            Optional<Turn> turn = turns.tryTake(answer.pixels());
            if (turn.isEmpty()) {
                return false;
            }
            Exchanges.closeAfter(exchange, turn.get());
            Samples samples = Sampler.draw(lease.model(), answer.request());
            metrics.sent(samples.rows() * samples.columns());
            HttpServerResponse response = exchange.response();
            answer.headers().forEach(response::putHeader);
            if (!exchange.queryParams().contains("format")) {
                response.putHeader(HttpHeaders.VARY, "Accept");
            }
            response.putHeader(HttpHeaders.ETAG, '"' + answer.tag() + '"')
                    .putHeader(
                            HttpHeaders.CONTENT_TYPE,
                            answer.format().mediaType().toString())
                    .end(body(answer.format(), samples));
            return true;
        }
    }

    private static Buffer body(SampleFormat format, Samples samples) {
        try {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            format.write(samples, body);
            return Buffer.buffer(body.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws UnsupportedFormatException where the client must be asked more closely what it likes */
    private static SampleFormat format(Query query, HttpServerRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return SampleQuery.FORMATS.named(query).orElseGet(() -> {
            if (accepted == null || accepted.equals("*/*")) {
                return SampleFormat.PNG;
            }
            throw new UnsupportedFormatException("The client has likes");
        });
    }

    private static boolean isConditional(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.IF_NONE_MATCH)
                || request.headers().contains(HttpHeaders.IF_MATCH);
    }

    private static Map<String, List<String>> parameters(RoutingContext exchange) {
        Map<String, List<String>> parameters = new HashMap<>();
        for (String name : exchange.queryParams().names()) {
            parameters.put(name, exchange.queryParams().getAll(name));
        }
        return parameters;
    }
}
