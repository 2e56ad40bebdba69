package dev.vaestream.sampler;

import dev.vaestream.contracts.ImageShape;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.Png;
import dev.vaestream.sampler.Turns.Turn;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What a model makes of images that it is shown. */
@Path("/v1/reconstructions")
final class ReconstructionResource {
    private static final String PNG = "image/png";
    private static final String CLASS = "class";
    private static final OfferedFormats FORMATS =
            new OfferedFormats(SampleFormat.PNG, SampleFormat.JSON, SampleFormat.NPY);
    private static final Set<String> PARAMETERS = Stream.of(
                    CheckpointReference.PARAMETERS, OfferedFormats.PARAMETERS, Set.of(CLASS))
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private final SamplerConfig config;
    private final Models models;
    private final Turns turns;
    private final SamplerMetrics metrics;

    ReconstructionResource(SamplerConfig config, Models models, Turns turns, SamplerMetrics metrics) {
        this.config = config;
        this.models = models;
        this.turns = turns;
        this.metrics = metrics;
    }

    @POST
    @Blocking
    @Consumes({PNG, MediaType.APPLICATION_JSON})
    @Operation(
            summary = "Images encoded and decoded again, with their losses",
            description =
                    "Without a class every class is tried; the one with the least loss is the image's nearest. The loss"
                            + " is mse + klWeight · kl as in training, of one image: mse is half the squared difference summed over"
                            + " pixels, kl the divergence of its posterior from N(0, I). What is decoded is the posterior's mean,"
                            + " without noise. An image's answer is the same whatever is sent with it.")
    @Parameter(
            name = CLASS,
            in = ParameterIn.QUERY,
            description = "What the images show. Without it, every class is tried.",
            schema = @Schema(implementation = int.class, minimum = "0"),
            example = "3")
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
            description = "Outweighs the Accept header.",
            schema =
                    @Schema(
                            implementation = String.class,
                            enumeration = {"png", "json", "npy"}))
    @RequestBody(
            description =
                    "An 8-bit grey PNG of one image, or of several of the same size side by side and below each other;"
                            + " or the pixels of each image, line by line, 0 for black to 1 for white.",
            required = true,
            content = {
                @Content(mediaType = PNG, schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = InputImages.class),
                        examples =
                                @ExampleObject(
                                        name = "a small image",
                                        summary = "of a model whose images are 2x3",
                                        value = "{\"images\": [[0, 0.5, 1, 0, 0.25, 0]]}"))
            })
    @APIResponse(
            responseCode = "200",
            description =
                    "A grey picture with a row for each image and a column for each class, values clamped to 0..1, whose tEXt"
                            + " chunks have the losses; the losses and the values; or the values, (images, classes, height, width).",
            headers = {
                @Header(name = "Vaestream-Class", description = "The given or nearest class of each image"),
                @Header(name = "Vaestream-Loss", description = "The loss of each image under that class"),
                @Header(name = "Vaestream-Mse", description = "Its mse"),
                @Header(name = "Vaestream-Kl", description = "Its kl")
            },
            content = {
                @Content(mediaType = PNG),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = ReconstructionsDocument.class)),
                @Content(mediaType = "application/x-npy")
            })
    @APIResponse(
            responseCode = "400",
            description = "invalid-picture, invalid-json or invalid-parameter: which, its value and what is accepted")
    @APIResponse(responseCode = "404", description = "no-checkpoint: there is no such run or checkpoint")
    @APIResponse(responseCode = "406", description = "not-acceptable: the Accept header names none of the formats")
    @APIResponse(
            responseCode = "409",
            description = "checkpoint-unfit: which checkpoint must not be served or makes nothing finite, and why")
    @APIResponse(responseCode = "413", description = "body-too-large: the body has more bytes than are read")
    @APIResponse(responseCode = "415", description = "The body is neither image/png nor application/json")
    @APIResponse(responseCode = "429", description = "busy: too many requests at once; see Retry-After")
    @APIResponse(
            responseCode = "503",
            description =
                    "no-model: no checkpoint has been loaded yet, or checkpoint-service-unavailable: the one that is"
                            + " named cannot be fetched now; see Retry-After")
    public Response reconstruct(
            InputStream body,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context Request http,
            @Context RoutingContext exchange) {
        Query query = Query.of(uri.getQueryParameters(), PARAMETERS);
        CheckpointReference reference = CheckpointReference.of(query);
        List<Integer> classes = query.one(CLASS).stream()
                .map(value -> (int) Query.whole(CLASS, value, 0, Integer.MAX_VALUE))
                .toList();
        SampleFormat format = FORMATS.chosen(query, http);
        Function<ImageShape, InputImages> sent = read(body, headers.getMediaType());
        try (Lease lease = models.lease(reference)) {
            Checkpoint checkpoint = lease.model().checkpoint();
            ReconstructionRequest request = ReconstructionRequest.of(
                    sent.apply(checkpoint.shape()).images(),
                    classes,
                    checkpoint,
                    config.maxCount(),
                    config.maxPixels());
            Turn turn = turns.take(request.pixels(checkpoint));
            Exchanges.closeAfter(exchange, turn);
            return answer(format, Reconstructions.draw(lease.model(), request));
        }
    }

    /** Refuses what no model could take before there is one: the images that are known with a model's shape. */
    private Function<ImageShape, InputImages> read(InputStream body, @Nullable MediaType type) {
        if (type == null) {
            throw new NotSupportedException("There is no Content-Type; it must be image/png or application/json");
        }
        byte[] sent = BodyReader.read(body, Math.toIntExact(config.maxBodySize().asLongValue()));
        if (type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
            InputImages images = InputImages.ofJson(sent);
            return shape -> images;
        }
        GreyPicture picture = GreyPicture.ofAnyWriter(Png.read(sent), config.maxPixels());
        return shape -> InputImages.of(picture, shape);
    }

    private Response answer(SampleFormat format, Reconstructions drawn) {
        metrics.sent(drawn.tiles().rows() * drawn.tiles().columns());
        StreamingOutput body = out -> format.write(drawn, out);
        ResponseBuilder answer = Response.ok(body, format.mediaType())
                .header("Vaestream-Class", drawn.nearestClasses())
                .header("Vaestream-Loss", drawn.nearestLosses(Losses::loss))
                .header("Vaestream-Mse", drawn.nearestLosses(Losses::mse))
                .header("Vaestream-Kl", drawn.nearestLosses(Losses::kl));
        return SampleResource.named(answer, drawn.checkpoint()).build();
    }
}
