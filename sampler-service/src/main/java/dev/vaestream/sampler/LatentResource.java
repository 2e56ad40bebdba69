package dev.vaestream.sampler;

import dev.vaestream.contracts.Json;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Where classes lie in the latent space. */
@Path("/v1/latents")
final class LatentResource {
    private static final String CLASS = "class";

    private final Models models;
    private final LatentFinder latents;

    LatentResource(Models models, LatentFinder latents) {
        this.models = models;
        this.latents = latents;
    }

    @GET
    @Path("/{class}")
    @Blocking
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Where the images of a class lie in the latent space",
            description =
                    "By the images of the sampler's dataset, which are encoded once for a checkpoint. The strength of a"
                            + " dimension is the variance of the posteriors' means over the images: 0 where it says nothing about"
                            + " them. The standard deviation has the posteriors' own variances in it, too.")
    @Parameter(
            name = CLASS,
            in = ParameterIn.PATH,
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
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            schema = @Schema(implementation = LatentsDocument.class),
                            examples =
                                    @ExampleObject(
                                            name = "two dimensions",
                                            value =
                                                    "{\"class\": 3, \"latents\": {\"images\": 1010, \"mean\": [0.1, -0.4],"
                                                            + " \"standardDeviation\": [1.0, 0.9], \"strength\": [0.01, 0.6], \"strongest\": [1, 0]},"
                                                            + " \"paramsDigest\": \"75a77ba5b25632e3998aa1218451084390112ced7708b8cc60ab4b670a831c72\","
                                                            + " \"run\": \"demo\", \"step\": 37500}")))
    @APIResponse(responseCode = "400", description = "invalid-parameter: which, its value and what is accepted")
    @APIResponse(
            responseCode = "404",
            description =
                    "no-checkpoint: there is no such run or checkpoint, or no-dataset: the sampler has no images of the"
                            + " class and of the checkpoint's shape, and why")
    @APIResponse(
            responseCode = "409",
            description = "checkpoint-unfit: which checkpoint must not be served or makes nothing finite, and why")
    @APIResponse(responseCode = "429", description = "busy: too many requests at once; see Retry-After")
    @APIResponse(
            responseCode = "503",
            description =
                    "no-model: no checkpoint has been loaded yet, or checkpoint-service-unavailable: the one that is"
                            + " named cannot be fetched now; see Retry-After")
    public byte[] latents(@PathParam(CLASS) String named, @Context UriInfo uri) {
        CheckpointReference reference =
                CheckpointReference.of(Query.of(uri.getQueryParameters(), CheckpointReference.PARAMETERS));
        int label = (int) Query.whole(CLASS, named, 0, Integer.MAX_VALUE);
        try (Lease lease = models.lease(reference)) {
            Checkpoint checkpoint = lease.model().checkpoint();
            SampleRequest.requireClass(label, checkpoint.model().classes());
            return Json.write(LatentsDocument.of(checkpoint, label, latents.find(lease.model(), label)));
        }
    }
}
