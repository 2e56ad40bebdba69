package dev.vaestream.benchmarks.constant;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** The least that an endpoint can do. */
@Path("/constant")
final class ConstantResource {
    @GET
    @NonBlocking
    public String constant() {
        return "constant";
    }
}
