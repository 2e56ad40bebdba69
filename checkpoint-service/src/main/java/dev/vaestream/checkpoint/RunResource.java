package dev.vaestream.checkpoint;

import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.RunStatus;
import dev.vaestream.contracts.WriterClaim;
import dev.vaestream.contracts.WriterGrant;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
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

/** Runs in storage, and the right to write them. */
@Path("/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
class RunResource {
    private final CheckpointManager manager;
    private final StorageMonitor monitor;

    RunResource(CheckpointManager manager, StorageMonitor monitor) {
        this.manager = manager;
        this.monitor = monitor;
    }

    @GET
    @Operation(operationId = "listRuns", summary = "All runs")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = RunStatus.class)))
    public byte[] list() {
        return Json.write(manager.statuses());
    }

    @GET
    @Path("/{run}")
    @Operation(operationId = "getRun", summary = "A run, its checkpoints' steps and its newest manifest")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RunStatus.class)))
    @APIResponse(responseCode = "404", description = "There is no such run")
    public byte[] get(@PathParam("run") String run) {
        return Json.write(manager.status(Requests.run(run)));
    }

    @POST
    @Path("/{run}/writers")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "claimRun", summary = "Begins the run where it is new, and grants the right to write it")
    @RequestBody(content = @Content(schema = @Schema(implementation = WriterClaim.class)))
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = WriterGrant.class)))
    @APIResponse(responseCode = "409", description = "The run was begun as another one")
    @APIResponse(responseCode = "503", description = "Object storage does not answer; try again")
    public Response claim(@PathParam("run") String run, InputStream body) {
        WriterClaim claim = Requests.body(body, bytes -> Json.read(bytes, WriterClaim.class));
        Requests.requireSame("run", run, claim.identity().run());
        monitor.requireFit();
        return Response.status(Status.CREATED)
                .entity(Json.write(manager.claim(claim)))
                .build();
    }
}
