package dev.vaestream.checkpoint;

import dev.vaestream.checkpoint.AliasMover.Moved;
import dev.vaestream.contracts.AliasMove;
import dev.vaestream.contracts.AliasRequest;
import dev.vaestream.contracts.AliasRollback;
import dev.vaestream.contracts.Json;
import jakarta.ws.rs.Consumes;
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

/** Names that point at checkpoints of a run. */
@Path("/v1/runs/{run}/aliases")
@Produces(MediaType.APPLICATION_JSON)
class AliasResource {
    private final AliasStore aliases;
    private final AliasMover mover;
    private final Retention retention;
    private final StorageMonitor monitor;

    AliasResource(AliasStore aliases, AliasMover mover, Retention retention, StorageMonitor monitor) {
        this.aliases = aliases;
        this.mover = mover;
        this.retention = retention;
        this.monitor = monitor;
    }

    @GET
    @Operation(operationId = "listAliases", summary = "The run's aliases and where each points")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = AliasMove.class)))
    public byte[] list(@PathParam("run") String run) {
        return Json.write(aliases.list(Requests.run(run)));
    }

    @GET
    @Path("/{alias}")
    @Operation(operationId = "getAlias", summary = "Where the alias points, and since when")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = AliasMove.class)))
    @APIResponse(responseCode = "404", description = "There is no such alias")
    public byte[] get(@PathParam("run") String run, @PathParam("alias") String alias) {
        return Json.write(aliases.current(Requests.run(run), Requests.name("alias", alias))
                .orElseThrow(() -> AliasMover.absent(run, alias)));
    }

    @PUT
    @Path("/{alias}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "moveAlias", summary = "Points the alias at a checkpoint, where the guard holds")
    @RequestBody(content = @Content(schema = @Schema(implementation = AliasRequest.class)))
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = AliasMove.class)))
    @APIResponse(responseCode = "200", description = "It points there already")
    @APIResponse(responseCode = "404", description = "There is no such checkpoint")
    @APIResponse(responseCode = "409", description = "guard-failed, or retiring: the checkpoint is being deleted")
    @APIResponse(responseCode = "503", description = "Object storage does not answer; try again")
    public Response move(@PathParam("run") String run, @PathParam("alias") String alias, InputStream body) {
        AliasRequest request = Requests.body(body, bytes -> Json.read(bytes, AliasRequest.class));
        requireMovable(run, alias);
        return answer(mover.move(run, alias, request));
    }

    @GET
    @Path("/{alias}/history")
    @Operation(operationId = "getAliasHistory", summary = "All moves of the alias, the first one first")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = AliasMove.class)))
    @APIResponse(responseCode = "404", description = "There is no such alias")
    public byte[] history(@PathParam("run") String run, @PathParam("alias") String alias) {
        var history = aliases.history(Requests.run(run), Requests.name("alias", alias));
        if (history.isEmpty()) {
            throw AliasMover.absent(run, alias);
        }
        return Json.write(history);
    }

    @POST
    @Path("/{alias}/rollback")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "rollBackAlias", summary = "Points the alias where it pointed before, as a new move")
    @RequestBody(content = @Content(schema = @Schema(implementation = AliasRollback.class)))
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = AliasMove.class)))
    @APIResponse(responseCode = "404", description = "There is no such alias, or no longer such a checkpoint")
    @APIResponse(responseCode = "409", description = "no-previous: it has pointed at one checkpoint only")
    @APIResponse(responseCode = "503", description = "Object storage does not answer; try again")
    public Response rollback(@PathParam("run") String run, @PathParam("alias") String alias, InputStream body) {
        AliasRollback request = Requests.body(body, bytes -> Json.read(bytes, AliasRollback.class));
        requireMovable(run, alias);
        return answer(mover.rollback(run, alias, request));
    }

    private void requireMovable(String run, String alias) {
        Requests.name("alias", alias);
        Requests.run(run);
        monitor.requireFit();
    }

    private Response answer(Moved moved) {
        retention.reconsider(moved.move().run());
        return Response.status(moved.changed() ? Status.CREATED : Status.OK)
                .entity(Json.write(moved.move()))
                .build();
    }
}
