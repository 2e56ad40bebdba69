package dev.vaestream.checkpoint;

import dev.vaestream.contracts.CheckpointSummary;
import dev.vaestream.contracts.CrashPoint;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.Verification;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The checkpoints of a run. */
@Path("/v1/runs/{run}/checkpoints")
@Produces(MediaType.APPLICATION_JSON)
class CheckpointResource {
    private static final String STEP = "/{step: [0-9]{1,18}}";

    private final CheckpointManager manager;
    private final Verifier verifier;
    private final StorageMonitor monitor;

    CheckpointResource(CheckpointManager manager, Verifier verifier, StorageMonitor monitor) {
        this.manager = manager;
        this.verifier = verifier;
        this.monitor = monitor;
    }

    @PUT
    @Path(STEP)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "commitCheckpoint", summary = "Commits a checkpoint whose blobs are stored")
    @RequestBody(content = @Content(schema = @Schema(implementation = Manifest.class)))
    @APIResponse(responseCode = "201", description = "It is committed")
    @APIResponse(responseCode = "200", description = "The same state was committed before")
    @APIResponse(
            responseCode = "409",
            description = "fenced, unknown-writer, state-differs, parent-differs, or blobs-missing with their digests")
    @APIResponse(responseCode = "503", description = "Object storage does not answer; try again")
    public Response commit(@PathParam("run") String run, @PathParam("step") long step, InputStream body) {
        Manifest manifest = Requests.body(body, Manifest::decode);
        Requests.requireSame("run", run, manifest.run());
        Requests.requireSame("step", step, manifest.step());
        monitor.requireFit();
        boolean created = manager.save(manifest);
        return CrashPoint.COMMIT_ANSWER.around(
                () -> Response.status(created ? Status.CREATED : Status.OK).build());
    }

    @GET
    @Operation(operationId = "listCheckpoints", summary = "The run's checkpoints, the oldest first")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = CheckpointSummary.class)))
    @APIResponse(responseCode = "404", description = "There is no such run")
    public byte[] list(@PathParam("run") String run) {
        return Json.write(manager.summaries(Requests.run(run)));
    }

    @GET
    @Path("/best")
    @Operation(operationId = "bestCheckpoint", summary = "The manifest of the best checkpoint by the run's bestMetric")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Manifest.class)))
    @APIResponse(responseCode = "404", description = "There is no such run, or no checkpoint with the metric")
    public byte[] best(@PathParam("run") String run) {
        return manager.best(Requests.run(run)).encode();
    }

    @GET
    @Path("/latest")
    @Operation(operationId = "latestCheckpoint", summary = "The newest checkpoint's manifest")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Manifest.class)))
    @APIResponse(responseCode = "404", description = "The run has no checkpoint")
    public byte[] latest(@PathParam("run") String run) {
        return manager.latest(Requests.run(run)).encode();
    }

    @GET
    @Path(STEP)
    @Operation(operationId = "getCheckpoint", summary = "A checkpoint's manifest")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Manifest.class)))
    @APIResponse(responseCode = "404", description = "There is no such checkpoint")
    public byte[] get(@PathParam("run") String run, @PathParam("step") long step) {
        return manager.restore(new CheckpointId(Requests.run(run), step)).encode();
    }

    @GET
    @Path(STEP + "/metrics")
    @Operation(operationId = "getMetrics", summary = "The checkpoint's metrics by name, those that it has")
    @APIResponse(responseCode = "200", description = "As {\"loss\": 14.2, \"mse\": 11.0, \"kl\": 6.4}")
    @APIResponse(responseCode = "404", description = "There is no such checkpoint")
    public byte[] metrics(@PathParam("run") String run, @PathParam("step") long step) {
        return Json.write(manager.metrics(new CheckpointId(Requests.run(run), step)));
    }

    @POST
    @Path(STEP + "/verification")
    @Operation(operationId = "verifyCheckpoint", summary = "Reads the checkpoint again whole and says what differs")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Verification.class)))
    @APIResponse(responseCode = "404", description = "There is no such checkpoint")
    @APIResponse(responseCode = "503", description = "Object storage does not answer; try again")
    public byte[] verify(@PathParam("run") String run, @PathParam("step") long step) {
        return Json.write(verifier.verify(new CheckpointId(Requests.run(run), step)));
    }

    @DELETE
    @Path(STEP)
    @Operation(operationId = "deleteCheckpoint", summary = "Deletes a checkpoint and the blobs that no other one needs")
    @APIResponse(responseCode = "204", description = "It is no longer the run's, and gone after the grace")
    @APIResponse(responseCode = "404", description = "There is no such checkpoint")
    @APIResponse(
            responseCode = "409",
            description = "newest-checkpoint, from which the run goes on; checkpoint-held by an alias or a reader;"
                    + " or retiring, as it is being deleted already")
    public void delete(@PathParam("run") String run, @PathParam("step") long step) {
        CheckpointId id = new CheckpointId(Requests.run(run), step);
        monitor.requireFit();
        manager.delete(id);
    }
}
