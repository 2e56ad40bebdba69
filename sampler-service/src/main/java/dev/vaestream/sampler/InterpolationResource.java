package dev.vaestream.sampler;

import dev.vaestream.contracts.Json;
import dev.vaestream.sampler.Turns.Turn;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Images between images. */
@Path("/v1/interpolations")
final class InterpolationResource {
    /** Two latents of some hundred numbers, which take far more memory than their digits. */
    private static final int MAX_BODY_BYTES = 64 << 10;

    private final SamplerConfig config;
    private final Models models;
    private final Turns turns;
    private final SamplerMetrics metrics;

    InterpolationResource(SamplerConfig config, Models models, Turns turns, SamplerMetrics metrics) {
        this.config = config;
        this.models = models;
        this.turns = turns;
        this.metrics = metrics;
    }

    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces("image/png")
    @Operation(
            summary = "Images on the way between two points of the latent space",
            description = "A row for the class of each end, a column for each step, both ends among them.")
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
    @RequestBody(content = @Content(schema = @Schema(implementation = InterpolationRequest.class)))
    @APIResponse(responseCode = "200", content = @Content(mediaType = "image/png"))
    @APIResponse(
            responseCode = "400",
            description = "invalid-json or invalid-parameter: which, its value, what is accepted")
    @APIResponse(responseCode = "404", description = "no-checkpoint: there is no such run or checkpoint")
    @APIResponse(responseCode = "409", description = "checkpoint-unfit: which checkpoint must not be served, and why")
    @APIResponse(responseCode = "413", description = "body-too-large: the body has more bytes than are read")
    @APIResponse(responseCode = "415", description = "The body is no application/json")
    @APIResponse(responseCode = "429", description = "busy: too many requests at once; see Retry-After")
    @APIResponse(
            responseCode = "503",
            description =
                    "no-model: no checkpoint has been loaded yet, or checkpoint-service-unavailable: the one that is"
                            + " named cannot be fetched now; see Retry-After")
    public Response interpolate(InputStream body, @Context UriInfo uri, @Context RoutingContext exchange) {
        Query query = Query.of(uri.getQueryParameters(), CheckpointReference.PARAMETERS);
        CheckpointReference reference = CheckpointReference.of(query);
        InterpolationRequest request = Json.read(BodyReader.read(body, MAX_BODY_BYTES), InterpolationRequest.class);
        try (Lease lease = models.lease(reference)) {
            Checkpoint checkpoint = lease.model().checkpoint();
            request.requireFit(checkpoint, config.maxPixels());
            Turn turn = turns.take(request.pixels(checkpoint));
            Exchanges.closeAfter(exchange, turn);
            Interpolation interpolation = new Interpolation(request);
            Tiles tiles = interpolation.draw(lease.model());
            metrics.sent(tiles.rows() * tiles.columns());
            StreamingOutput png = out -> ImageGrid.write(tiles, interpolation.text(checkpoint), out);
            return SampleResource.named(Response.ok(png), checkpoint).build();
        }
    }
}
