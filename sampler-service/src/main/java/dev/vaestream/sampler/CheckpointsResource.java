package dev.vaestream.sampler;

import dev.vaestream.contracts.Json;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
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

/** Which checkpoints samples can be asked of. */
@Path("/v1/checkpoints")
final class CheckpointsResource {
    private static final Set<String> PARAMETERS = Set.of("run");

    private final Models models;
    private final CheckpointClient client;

    CheckpointsResource(Models models, CheckpointClient client) {
        this.models = models;
        this.client = client;
    }

    @GET
    @Blocking
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "A run's checkpoints, the oldest first: steps, metrics and aliases")
    @Parameter(
            name = "run",
            in = ParameterIn.QUERY,
            description = "Without it, the served checkpoint's run.",
            schema = @Schema(implementation = String.class))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CheckpointsDocument.class)))
    @APIResponse(responseCode = "400", description = "invalid-parameter: which, its value and what is accepted")
    @APIResponse(responseCode = "404", description = "no-checkpoint: there is no such run")
    @APIResponse(
            responseCode = "503",
            description = "checkpoint-service-unavailable, or no-model where no run is named; see Retry-After")
    public byte[] checkpoints(@Context UriInfo uri) {
        Query query = Query.of(uri.getQueryParameters(), PARAMETERS);
        String run = query.name("run").orElseGet(models::servedRun);
        return Json.write(CheckpointsDocument.of(client.requireRun(run), client.summaries(run)));
    }
}
