package dev.vaestream.ingest;

import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.StreamRequest;
import dev.vaestream.contracts.StreamStatus;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Streams over HTTP. */
@Path("/v1/streams")
@Produces(MediaType.APPLICATION_JSON)
public final class StreamResource {
    private final KafkaWatch watch;
    private final Streams streams;

    @Inject
    StreamResource(KafkaWatch watch, Streams streams) {
        this.watch = watch;
        this.streams = streams;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Make a stream, or let one grow by more epochs; publishing goes on in the background")
    @RequestBody(content = @Content(schema = @Schema(implementation = StreamRequest.class)))
    @APIResponse(responseCode = "201", description = "Made")
    @APIResponse(responseCode = "200", description = "There before; it may have grown by this")
    @APIResponse(responseCode = "400", description = "invalid-json, invalid-stream")
    @APIResponse(responseCode = "404", description = "no-dataset")
    @APIResponse(responseCode = "409", description = "stream-differs, topic-taken")
    @APIResponse(responseCode = "422", description = "bad-dataset")
    @APIResponse(responseCode = "503", description = "not-ready, not-acknowledged")
    public Response make(byte[] body) {
        StreamRequest request = Json.read(body, StreamRequest.class);
        watch.requireReady();
        boolean made = streams.make(request);
        StreamStatus status = streams.find(request.stream()).status();
        return made
                ? Response.created(URI.create("/v1/streams/" + request.stream()))
                        .entity(Json.write(status))
                        .build()
                : Response.ok(Json.write(status)).build();
    }

    @GET
    @Operation(summary = "All streams, by name")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = StreamStatus.class)))
    @APIResponse(responseCode = "503", description = "not-ready")
    public byte[] all() {
        watch.requireReady();
        return Json.write(streams.all());
    }

    @GET
    @Path("{stream}")
    @Operation(summary = "What a stream is made of and how far it has come")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = StreamStatus.class)))
    @APIResponse(responseCode = "404", description = "no-stream")
    @APIResponse(responseCode = "503", description = "not-ready")
    public byte[] one(@PathParam("stream") String stream) {
        watch.requireReady();
        return Json.write(streams.find(stream).status());
    }
}
