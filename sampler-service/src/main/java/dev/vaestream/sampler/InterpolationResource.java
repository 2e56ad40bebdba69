package dev.vaestream.sampler;

import dev.vaestream.contracts.Json;
import dev.vaestream.sampler.Turns.Turn;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Images between images. */
@Path("/v1/interpolations")
final class InterpolationResource {
    /** Two images or latents of some thousand numbers; those of latents take far more memory than their digits. */
    private static final int MAX_BODY_BYTES = 128 << 10;

    private static final OfferedFormats FORMATS =
            new OfferedFormats(SampleFormat.PNG, SampleFormat.GIF, SampleFormat.JSON, SampleFormat.NPY);
    private static final Set<String> PARAMETERS = Stream.of(CheckpointReference.PARAMETERS, OfferedFormats.PARAMETERS)
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

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
    @Operation(
            summary = "Images on the way between two points of the latent space, or between two images",
            description =
                    "A row for the class of each end, a column for each step, both ends among them; animated, a frame for"
                            + " each step. An end is a sample by its seed and index, a latent, or an image, which is encoded to the mean"
                            + " of its posterior.")
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
            name = "format",
            in = ParameterIn.QUERY,
            description = "Outweighs the Accept header; gif is animated.",
            schema =
                    @Schema(
                            implementation = String.class,
                            enumeration = {"png", "gif", "json", "npy"}))
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = InterpolationRequest.class),
                            examples =
                                    @ExampleObject(
                                            name = "from a three to an eight",
                                            value =
                                                    "{\"from\": {\"class\": 3, \"seed\": 1}, \"to\": {\"class\": 8, \"seed\": 1},"
                                                            + " \"steps\": 10, \"path\": \"spherical\"}")))
    @APIResponse(
            responseCode = "200",
            description = "A grey picture whose tEXt chunks say where it comes from; the same animated; or the values"
                    + " themselves, (classes, steps, height, width).",
            content = {
                @Content(mediaType = "image/png"),
                @Content(mediaType = "image/gif"),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = InterpolationDocument.class)),
                @Content(mediaType = "application/x-npy")
            })
    @APIResponse(
            responseCode = "400",
            description = "invalid-json or invalid-parameter: which, its value, what is accepted")
    @APIResponse(responseCode = "404", description = "no-checkpoint: there is no such run or checkpoint")
    @APIResponse(responseCode = "406", description = "not-acceptable: the Accept header names none of the formats")
    @APIResponse(responseCode = "409", description = "checkpoint-unfit: which checkpoint must not be served, and why")
    @APIResponse(responseCode = "413", description = "body-too-large: the body has more bytes than are read")
    @APIResponse(responseCode = "415", description = "The body is no application/json")
    @APIResponse(responseCode = "429", description = "busy: too many requests at once; see Retry-After")
    @APIResponse(
            responseCode = "503",
            description =
                    "no-model: no checkpoint has been loaded yet, or checkpoint-service-unavailable: the one that is"
                            + " named cannot be fetched now; see Retry-After")
    public Response interpolate(
            InputStream body, @Context UriInfo uri, @Context Request http, @Context RoutingContext exchange) {
        Query query = Query.of(uri.getQueryParameters(), PARAMETERS);
        CheckpointReference reference = CheckpointReference.of(query);
        SampleFormat format = FORMATS.chosen(query, http);
        InterpolationRequest request = Json.read(BodyReader.read(body, MAX_BODY_BYTES), InterpolationRequest.class);
        try (Lease lease = models.lease(reference)) {
            Checkpoint checkpoint = lease.model().checkpoint();
            request.requireFit(checkpoint, config.maxPixels());
            Turn turn = turns.take(request.pixels(checkpoint));
            Exchanges.closeAfter(exchange, turn);
            Interpolation drawn = Interpolation.draw(lease.model(), request);
            metrics.sent(drawn.tiles().rows() * drawn.tiles().columns());
            StreamingOutput images = out -> format.write(drawn, out);
            return SampleResource.named(Response.ok(images, format.mediaType()), checkpoint)
                    .build();
        }
    }
}
