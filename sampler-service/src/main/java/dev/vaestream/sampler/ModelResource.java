package dev.vaestream.sampler;

import dev.vaestream.contracts.Json;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What is served. */
@Path("/v1/model")
final class ModelResource {
    private final Models models;

    ModelResource(Models models) {
        this.models = models;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] model() {
        try (Lease lease = models.lease()) {
            return Json.write(ModelDocument.of(lease.model()));
        }
    }
}
