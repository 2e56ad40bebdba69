package dev.vaestream.sampler;

import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Png;
import dev.vaestream.contracts.Provenance;
import dev.vaestream.sampler.Turns.Turn;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Whether a picture is what it says. */
@Path("/v1/verifications")
final class VerificationResource {
    private final SamplerConfig config;
    private final Models models;
    private final Turns turns;

    VerificationResource(SamplerConfig config, Models models, Turns turns) {
        this.config = config;
        this.models = models;
        this.turns = turns;
    }

    @POST
    @Blocking
    @Consumes("image/png")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Makes a picture again and compares it",
            description = "The picture's own tEXt chunks say which checkpoint, classes, seed and indices made it.")
    @RequestBody(
            description = "A PNG of /v1/samples as it was sent: 8-bit grey, its text in it",
            content = @Content(mediaType = "image/png", schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PictureVerification.class)))
    @APIResponse(responseCode = "400", description = "invalid-picture: what is wrong with the PNG or its text")
    @APIResponse(responseCode = "404", description = "no-checkpoint: the one that the picture names is not there")
    @APIResponse(responseCode = "409", description = "checkpoint-unfit: which checkpoint must not be served, and why")
    @APIResponse(responseCode = "413", description = "body-too-large: the picture has more bytes than are read")
    @APIResponse(responseCode = "415", description = "The body is no image/png")
    @APIResponse(responseCode = "429", description = "busy: too many requests at once; see Retry-After")
    @APIResponse(
            responseCode = "503",
            description = "checkpoint-service-unavailable: the checkpoint cannot be fetched now; see Retry-After")
    public byte[] verify(InputStream body) {
        Png png = Png.read(
                BodyReader.read(body, Math.toIntExact(config.maxBodySize().asLongValue())));
        PictureComparison comparison =
                new PictureComparison(Provenance.of(png.text()), GreyPicture.of(png, config.maxPixels()));
        try (Lease lease = models.lease(comparison.reference())) {
            return Json.write(compared(comparison, lease.model()));
        }
    }

    private PictureVerification compared(PictureComparison comparison, Model model) {
        SampleRequest request = comparison.request(model.checkpoint(), config.maxPixels());
        Turn turn = turns.take(request.pixels(model.checkpoint().shape()));
        try {
            return comparison.with(Sampler.draw(model, request));
        } finally {
            turn.close();
        }
    }
}
