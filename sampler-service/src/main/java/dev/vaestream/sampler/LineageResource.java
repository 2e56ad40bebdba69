package dev.vaestream.sampler;

import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Lineage;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** What a checkpoint was made of. */
@Path("/v1/lineage")
final class LineageResource {
    private static final Set<String> PARAMETERS = Set.of("run");

    private final LineageFinder finder;

    LineageResource(LineageFinder finder) {
        this.finder = finder;
    }

    @GET
    @Path("/{digest}")
    @Blocking
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "From a digest to the run, its spec, the checkpoint, its parents and the offsets of its batches",
            description = "A run that began with another run's checkpoint is followed by that one's generation.")
    @Parameter(
            name = "digest",
            in = ParameterIn.PATH,
            description = "SHA-256 of a checkpoint's manifest or parameters, as a picture's text has it",
            schema = @Schema(implementation = String.class, pattern = "[0-9a-f]{64}"))
    @Parameter(
            name = "run",
            in = ParameterIn.QUERY,
            description = "The only run that is looked into; without it all are, which takes longer.",
            schema = @Schema(implementation = String.class))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Lineage.class)))
    @APIResponse(responseCode = "400", description = "invalid-parameter: which, its value and what is accepted")
    @APIResponse(responseCode = "404", description = "no-checkpoint: none has the digest, or there is no such run")
    @APIResponse(
            responseCode = "503",
            description = "checkpoint-service-unavailable: it cannot be asked now; see Retry-After")
    public byte[] lineage(@PathParam("digest") String digest, @Context UriInfo uri) {
        Query query = Query.of(uri.getQueryParameters(), PARAMETERS);
        return Json.write(finder.of(Query.digest("digest", digest), query.name("run")));
    }
}
