package dev.vaestream.checkpoint;

import dev.vaestream.contracts.CrashPoint;
import dev.vaestream.contracts.Manifest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
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
    private final StorageMonitor monitor;

    CheckpointResource(CheckpointManager manager, StorageMonitor monitor) {
        this.manager = manager;
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
        boolean created = manager.commit(manifest);
        return CrashPoint.COMMIT_ANSWER.around(
                () -> Response.status(created ? Status.CREATED : Status.OK).build());
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
        return manager.checkpoint(new CheckpointId(Requests.run(run), step)).encode();
    }

    @DELETE
    @Path(STEP)
    @Operation(operationId = "deleteCheckpoint", summary = "Deletes a checkpoint and the blobs that no other one needs")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "404", description = "There is no such checkpoint")
    @APIResponse(responseCode = "409", description = "It is the newest one, from which the run goes on")
    public void delete(@PathParam("run") String run, @PathParam("step") long step) {
        CheckpointId id = new CheckpointId(Requests.run(run), step);
        monitor.requireFit();
        manager.delete(id);
    }
}
