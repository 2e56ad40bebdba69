package dev.vaestream.sampler;

import dev.vaestream.contracts.Json;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** What is served. */
@Path("/v1/model")
final class ModelResource {
    private final Models models;

    ModelResource(Models models) {
        this.models = models;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The served model: its checkpoint, sizes, losses and times")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ModelDocument.class)))
    @APIResponse(responseCode = "503", description = "no-model: no checkpoint has been loaded yet; see Retry-After")
    public byte[] model() {
        try (Lease lease = models.lease()) {
            return Json.write(ModelDocument.of(lease.model()));
        }
    }
}
