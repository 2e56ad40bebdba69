package dev.vaestream.ingest;

import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.RunControl;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunStateRequest;
import dev.vaestream.contracts.StreamSpec;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Run requests over HTTP. */
@Path("/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
public final class RunResource {
    private final KafkaWatch watch;
    private final Streams streams;
    private final Runs runs;

    @Inject
    RunResource(KafkaWatch watch, Streams streams, Runs runs) {
        this.watch = watch;
        this.streams = streams;
        this.runs = runs;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "Queue a run, or a failed or cancelled one again; the answer is the request with every default filled in")
    @RequestBody(content = @Content(schema = @Schema(implementation = RunRequest.class)))
    @APIResponse(responseCode = "201", description = "Queued")
    @APIResponse(responseCode = "200", description = "The same run was queued before and has not ended early")
    @APIResponse(responseCode = "400", description = "invalid-json, invalid-run, with the 'field'")
    @APIResponse(responseCode = "404", description = "no-stream")
    @APIResponse(responseCode = "409", description = "run-differs")
    @APIResponse(responseCode = "503", description = "not-ready, not-acknowledged")
    public Response queue(byte[] body) {
        RunRequest request = Json.read(body, RunRequest.class);
        watch.requireReady();
        StreamSpec stream = streams.find(request.spec().stream()).spec();
        RunAdmission.checkEvaluation(request.spec(), name -> streams.find(name).spec());
        byte[] answer = Json.write(request);
        return runs.queue(request, stream)
                ? Response.created(URI.create("/v1/runs/" + request.run()))
                        .entity(answer)
                        .build()
                : Response.ok(answer).build();
    }

    @PUT
    @Path("{run}/state")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Pause, resume or cancel a run; its trainer does so after the step that it makes")
    @RequestBody(content = @Content(schema = @Schema(implementation = RunStateRequest.class)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RunControl.class)))
    @APIResponse(responseCode = "400", description = "invalid-json, with the 'field'")
    @APIResponse(responseCode = "404", description = "no-run")
    @APIResponse(responseCode = "409", description = "run-ended")
    @APIResponse(responseCode = "503", description = "not-ready, not-acknowledged")
    public byte[] control(@PathParam("run") String run, byte[] body) {
        RunStateRequest request = Json.read(body, RunStateRequest.class);
        watch.requireReady();
        return Json.write(runs.control(run, request.state()));
    }

    @GET
    @Path("{run}")
    @Operation(summary = "A run as it was queued")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RunRequest.class)))
    @APIResponse(responseCode = "404", description = "no-run")
    @APIResponse(responseCode = "503", description = "not-ready")
    public byte[] one(@PathParam("run") String run) {
        watch.requireReady();
        return runs.find(run)
                .map(Json::write)
                .orElseThrow(() -> new RefusedException(Refusal.NO_RUN, "Run '%s' was never queued".formatted(run)));
    }
}
