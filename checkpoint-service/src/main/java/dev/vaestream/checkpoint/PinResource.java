package dev.vaestream.checkpoint;

import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.PinRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Readers' holds on checkpoints of a run. */
@Path("/v1/runs/{run}/pins/{reader}")
@Produces(MediaType.APPLICATION_JSON)
class PinResource {
    private final PinStore pins;
    private final Retention retention;
    private final StorageMonitor monitor;

    PinResource(PinStore pins, Retention retention, StorageMonitor monitor) {
        this.pins = pins;
        this.retention = retention;
        this.monitor = monitor;
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "pinCheckpoint", summary = "Keeps a checkpoint for a while, in place of the reader's last")
    @RequestBody(content = @Content(schema = @Schema(implementation = PinRequest.class)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PinRequest.class)))
    @APIResponse(responseCode = "404", description = "There is no such checkpoint")
    @APIResponse(responseCode = "409", description = "retiring: the checkpoint is being deleted")
    @APIResponse(responseCode = "503", description = "Object storage does not answer; try again")
    public byte[] pin(@PathParam("run") String run, @PathParam("reader") String reader, InputStream body) {
        PinRequest request = Requests.body(body, bytes -> Json.read(bytes, PinRequest.class));
        monitor.requireFit();
        pins.pin(Requests.run(run), Requests.name("reader", reader), request);
        return Json.write(request);
    }

    @DELETE
    @Operation(operationId = "unpinCheckpoint", summary = "Lets go of the reader's checkpoint, if it holds one")
    @APIResponse(responseCode = "204", description = "The reader holds none")
    @APIResponse(responseCode = "503", description = "Object storage does not answer; try again")
    public void unpin(@PathParam("run") String run, @PathParam("reader") String reader) {
        monitor.requireFit();
        pins.unpin(Requests.run(run), Requests.name("reader", reader));
        retention.reconsider(run);
    }
}
