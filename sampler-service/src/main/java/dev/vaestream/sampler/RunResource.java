package dev.vaestream.sampler;

import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.MetricsEvent;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Runs as the topics tell of them. */
@Path("/v1/runs")
final class RunResource {
    private final RunBoard board;
    private final MetricsStreams streams;
    private final PageConfig config;

    RunResource(RunBoard board, MetricsStreams streams, PageConfig config) {
        this.board = board;
        this.streams = streams;
        this.config = config;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The runs that were heard of last: their states, and what they measured last")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RunsDocument.class)))
    public byte[] runs() {
        return Json.write(new RunsDocument(board.summaries(), config.mayMoveAliases()));
    }

    /** Without this a HEAD would open a stream that it never reads. */
    @HEAD
    @Path("/{run}/metrics")
    @Operation(hidden = true)
    public Response describeMetrics(@PathParam("run") String run) {
        Query.name("run", run);
        return Response.ok().type(MediaType.SERVER_SENT_EVENTS).build();
    }

    @GET
    @Path("/{run}/metrics")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "What a run measures, as it measures it",
            description = "The first event has the type history: all so far, thinned where it is much. Then come"
                    + " window, epoch and evaluation as on topic metrics, and alive where there is nothing to say.")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(oneOf = {MetricsDocument.class, MetricsEvent.class})))
    @APIResponse(responseCode = "400", description = "invalid-parameter: the run's name cannot be one")
    @APIResponse(responseCode = "429", description = "busy: too many streams at once; see Retry-After")
    public Multi<String> metrics(@PathParam("run") String run) {
        return streams.open(Query.name("run", run));
    }
}
