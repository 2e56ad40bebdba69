package dev.vaestream.sampler;

import dev.vaestream.contracts.AliasMove;
import dev.vaestream.contracts.AliasRequest;
import dev.vaestream.contracts.AliasRollback;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Verification;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The checkpoint service's calls that the page makes, whose browser may ask this service only. */
@Path("/v1/runs")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
final class CheckpointOrderResource {
    private static final int MAX_BODY_BYTES = 16 << 10;
    private static final long MAX_STEP = 999_999_999_999_999_999L;

    private final CheckpointOrders orders;

    CheckpointOrderResource(CheckpointOrders orders) {
        this.orders = orders;
    }

    @PUT
    @Path("/{run}/aliases/{alias}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Points an alias at a checkpoint, as the checkpoint service does")
    @RequestBody(content = @Content(schema = @Schema(implementation = AliasRequest.class)))
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = AliasMove.class)))
    @APIResponse(responseCode = "200", description = "It points there already")
    @APIResponse(responseCode = "400", description = "invalid-parameter or invalid-json: which, its value")
    @APIResponse(responseCode = "403", description = "changes-forbidden: this service is set up so")
    @APIResponse(responseCode = "404", description = "There is no such checkpoint")
    @APIResponse(responseCode = "409", description = "The guard does not hold, or the checkpoint is being deleted")
    @APIResponse(responseCode = "413", description = "body-too-large: the body has more bytes than are read")
    @APIResponse(responseCode = "429", description = "busy: too many orders at once; see Retry-After")
    @APIResponse(responseCode = "503", description = "checkpoint-service-unavailable; see Retry-After")
    public Response promote(@PathParam("run") String run, @PathParam("alias") String alias, InputStream body) {
        AliasRequest request = Json.read(BodyReader.read(body, MAX_BODY_BYTES), AliasRequest.class);
        return passOn(orders.promote(Query.name("run", run), Query.name("alias", alias), request));
    }

    @POST
    @Path("/{run}/aliases/{alias}/rollback")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Points an alias where it pointed before, as the checkpoint service does")
    @RequestBody(content = @Content(schema = @Schema(implementation = AliasRollback.class)))
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = AliasMove.class)))
    @APIResponse(responseCode = "400", description = "invalid-parameter or invalid-json: which, its value")
    @APIResponse(responseCode = "403", description = "changes-forbidden: this service is set up so")
    @APIResponse(responseCode = "404", description = "There is no such alias, or no longer such a checkpoint")
    @APIResponse(responseCode = "409", description = "It has pointed at one checkpoint only")
    @APIResponse(responseCode = "413", description = "body-too-large: the body has more bytes than are read")
    @APIResponse(responseCode = "429", description = "busy: too many orders at once; see Retry-After")
    @APIResponse(responseCode = "503", description = "checkpoint-service-unavailable; see Retry-After")
    public Response rollBack(@PathParam("run") String run, @PathParam("alias") String alias, InputStream body) {
        AliasRollback request = Json.read(BodyReader.read(body, MAX_BODY_BYTES), AliasRollback.class);
        return passOn(orders.rollBack(Query.name("run", run), Query.name("alias", alias), request));
    }

    @POST
    @Path("/{run}/checkpoints/{step}/verification")
    @Operation(summary = "Has the checkpoint service read a checkpoint again whole")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Verification.class)))
    @APIResponse(responseCode = "400", description = "invalid-parameter: which, its value, what is accepted")
    @APIResponse(responseCode = "404", description = "There is no such checkpoint")
    @APIResponse(responseCode = "429", description = "busy: too many orders at once; see Retry-After")
    @APIResponse(responseCode = "503", description = "checkpoint-service-unavailable; see Retry-After")
    public Response verify(@PathParam("run") String run, @PathParam("step") String step) {
        return passOn(orders.verify(Query.name("run", run), Query.whole("step", step, 0, MAX_STEP)));
    }

    private static Response passOn(ServiceAnswer answer) {
        return Response.status(answer.status())
                .header(HttpHeaders.CONTENT_TYPE, answer.contentType())
                .entity(answer.body())
                .build();
    }
}
