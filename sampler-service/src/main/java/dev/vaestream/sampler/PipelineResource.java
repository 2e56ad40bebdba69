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

/** The way of a batch. */
@Path("/v1/pipeline")
final class PipelineResource {
    private static final Set<String> PARAMETERS = Set.of("run");

    private final PipelineFinder pipeline;

    PipelineResource(PipelineFinder pipeline) {
        this.pipeline = pipeline;
    }

    @GET
    @Blocking
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "How ingest, Kafka, trainer, checkpoint service and sampler are, and how far each has come")
    @Parameter(
            name = "run",
            in = ParameterIn.QUERY,
            description = "Without it, the run in work, else the served checkpoint's.",
            schema = @Schema(implementation = String.class))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PipelineDocument.class)))
    @APIResponse(responseCode = "400", description = "invalid-parameter: which, its value and what is accepted")
    @APIResponse(responseCode = "429", description = "busy: too many look already; see Retry-After")
    public byte[] pipeline(@Context UriInfo uri) {
        Query query = Query.of(uri.getQueryParameters(), PARAMETERS);
        return Json.write(pipeline.find(query.name("run")));
    }
}
