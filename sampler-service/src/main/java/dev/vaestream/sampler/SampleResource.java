package dev.vaestream.sampler;

import dev.vaestream.sampler.Turns.Turn;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Generated images. */
@Path("/v1/samples")
final class SampleResource {
    private final SamplerConfig config;
    private final Models models;
    private final Turns turns;
    private final SamplerMetrics metrics;

    SampleResource(SamplerConfig config, Models models, Turns turns, SamplerMetrics metrics) {
        this.config = config;
        this.models = models;
        this.turns = turns;
        this.metrics = metrics;
    }

    @GET
    @Blocking
    @Operation(
            summary = "Generated images of the served checkpoint, or of the one that is named",
            description = "The image of (checkpoint, class, seed, index) is the same whatever else is asked for.")
    @Parameter(
            name = "class",
            in = ParameterIn.QUERY,
            description = "A row of the answer; may be repeated. Without it, every class.",
            schema = @Schema(type = SchemaType.ARRAY, implementation = int.class))
    @Parameter(
            name = "count",
            in = ParameterIn.QUERY,
            description = "Images of each class, those with the indices 0 to count - 1; at most 100 unless configured.",
            schema = @Schema(implementation = int.class, minimum = "1", defaultValue = "10"))
    @Parameter(
            name = "index",
            in = ParameterIn.QUERY,
            description = "The only image that is wanted, of one class; in place of count.",
            schema = @Schema(implementation = int.class, minimum = "0", maximum = "999999999"))
    @Parameter(
            name = "seed",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = long.class, minimum = "0", maximum = "4294967295", defaultValue = "0"))
    @Parameter(
            name = "checkpoint",
            in = ParameterIn.QUERY,
            description =
                    "latest, best by the run's own metric, an alias, or a step. Without it, the served checkpoint.",
            schema = @Schema(implementation = String.class, defaultValue = "latest"))
    @Parameter(
            name = "run",
            in = ParameterIn.QUERY,
            description = "Whose checkpoint it is. Without it, the served checkpoint's run.",
            schema = @Schema(implementation = String.class))
    @Parameter(
            name = SampleQuery.DIGEST,
            in = ParameterIn.QUERY,
            description =
                    "SHA-256 of the manifest that the checkpoint must have. The answer may be cached for ever then.",
            schema = @Schema(implementation = String.class, pattern = "[0-9a-f]{64}"))
    @Parameter(
            name = "format",
            in = ParameterIn.QUERY,
            description = "Outweighs the Accept header.",
            schema =
                    @Schema(
                            implementation = String.class,
                            enumeration = {"png", "json", "npy"}))
    @APIResponse(
            responseCode = "200",
            description =
                    "A grey picture with a row of tiles for each class and values clamped to 0..1, whose tEXt chunks say where it"
                            + " comes from; or the values themselves, (classes, count, height, width), 0 for black, 1 for white, unbounded above.",
            content = {
                @Content(mediaType = "image/png"),
                @Content(mediaType = "application/json", schema = @Schema(implementation = SamplesDocument.class)),
                @Content(mediaType = "application/x-npy")
            })
    @APIResponse(responseCode = "304", description = "The images are those of If-None-Match's tag")
    @APIResponse(responseCode = "400", description = "invalid-parameter: which, its value and what is accepted")
    @APIResponse(responseCode = "404", description = "no-checkpoint: there is no such run or checkpoint")
    @APIResponse(responseCode = "406", description = "not-acceptable: the Accept header names none of the formats")
    @APIResponse(responseCode = "409", description = "checkpoint-unfit: which checkpoint must not be served, and why")
    @APIResponse(responseCode = "429", description = "busy: too many requests at once; see Retry-After")
    @APIResponse(
            responseCode = "503",
            description =
                    "no-model: no checkpoint has been loaded yet, or checkpoint-service-unavailable: the one that is"
                            + " named cannot be fetched now; see Retry-After")
    public Response samples(@Context UriInfo uri, @Context Request http, @Context RoutingContext exchange) {
        SampleQuery query = SampleQuery.of(
                uri.getQueryParameters(),
                config.maxCount(),
                parameters -> SampleQuery.FORMATS.chosen(parameters, http));
        try (Lease lease = models.lease(query.reference())) {
            SampleAnswer answer = SampleAnswer.of(query, lease.model().checkpoint(), config.maxPixels());
            EntityTag tag = new EntityTag(answer.tag());
            ResponseBuilder response = http.evaluatePreconditions(tag);
            if (response == null) {
                Turn turn = turns.take(answer.pixels());
                Exchanges.closeAfter(exchange, turn);
                response = response(answer.format(), Sampler.draw(lease.model(), answer.request()));
            }
            answer.headers().forEach(response::header);
            return response.tag(tag).build();
        }
    }

    private ResponseBuilder response(SampleFormat format, Samples samples) {
        metrics.sent(samples.rows() * samples.columns());
        StreamingOutput body = out -> format.write(samples, out);
        return Response.ok(body, format.mediaType());
    }

    /** {@code answer}, which says whose images it has. */
    static ResponseBuilder named(ResponseBuilder answer, Checkpoint checkpoint) {
        CheckpointHeaders.of(checkpoint).forEach(answer::header);
        return answer;
    }
}
