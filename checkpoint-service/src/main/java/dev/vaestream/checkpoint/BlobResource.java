package dev.vaestream.checkpoint;

import dev.vaestream.contracts.Sha256;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Blobs by their SHA-256. */
@Path("/v1/blobs/{sha256: [0-9a-f]{64}}")
class BlobResource {
    private final BlobStore blobs;
    private final StorageMonitor monitor;

    BlobResource(BlobStore blobs, StorageMonitor monitor) {
        this.blobs = blobs;
        this.monitor = monitor;
    }

    @PUT
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(operationId = "putBlob", summary = "Stores a blob under its SHA-256")
    @APIResponse(responseCode = "201", description = "It is stored now")
    @APIResponse(responseCode = "200", description = "It was there already")
    @APIResponse(responseCode = "413", description = "It is too large")
    @APIResponse(responseCode = "422", description = "It has another SHA-256")
    @APIResponse(responseCode = "503", description = "Object storage does not answer; try again")
    public Response put(@PathParam("sha256") String sha256, InputStream body) {
        monitor.requireFit();
        boolean created = blobs.put(new Sha256(sha256), body);
        return Response.status(created ? Status.CREATED : Status.OK).build();
    }

    @GET
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(operationId = "getBlob", summary = "The blob, whose SHA-256 was checked before its first byte is sent")
    @APIResponse(responseCode = "200", description = "The blob")
    @APIResponse(responseCode = "404", description = "There is no such blob")
    @APIResponse(responseCode = "502", description = "Object storage has other bytes under this name")
    @APIResponse(responseCode = "503", description = "Object storage does not answer; try again")
    public Response get(@PathParam("sha256") String sha256) {
        Spool spool = blobs.get(new Sha256(sha256));
        return Response.ok((StreamingOutput) spool::sendTo)
                .header(HttpHeaders.CONTENT_LENGTH, spool.bytes())
                .build();
    }

    @HEAD
    @Operation(operationId = "headBlob", summary = "Whether there is such a blob, and how long it is")
    @APIResponse(responseCode = "200", description = "There is")
    @APIResponse(responseCode = "404", description = "There is no such blob")
    public Response head(@PathParam("sha256") String sha256) {
        return Response.ok()
                .header(HttpHeaders.CONTENT_LENGTH, blobs.size(new Sha256(sha256)))
                .build();
    }
}
