package dev.vaestream.ingest;

import dev.vaestream.contracts.Batch;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.StreamSpec;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Batches from outside over HTTP. */
@Path("/v1/streams") // StreamResource's, too: only then is a wrong method told from a wrong path
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(
        responseCode = "201",
        description = "Kafka has it",
        content = @Content(schema = @Schema(implementation = BatchReceipt.class)))
@APIResponse(responseCode = "200", description = "The same batch was there before")
@APIResponse(responseCode = "400", description = "invalid-json, invalid-batch, invalid-sequence")
@APIResponse(responseCode = "404", description = "no-stream")
@APIResponse(
        responseCode = "409",
        description = "sequence-gap with 'expected', batch-differs, stream-has-dataset, stream-broken")
@APIResponse(responseCode = "413", description = "The body is too large")
@APIResponse(responseCode = "503", description = "not-ready, not-acknowledged, other-writer")
public final class BatchResource {
    private final KafkaWatch watch;
    private final Streams streams;
    private final BatchIntake intake;

    @Inject
    BatchResource(KafkaWatch watch, Streams streams, BatchIntake intake) {
        this.watch = watch;
        this.streams = streams;
        this.intake = intake;
    }

    @PUT
    @Path("{stream}/batches/{sequence}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Append the next batch, as JSON")
    @RequestBody(content = @Content(schema = @Schema(implementation = BatchBody.class)))
    public Response putJson(@PathParam("stream") String stream, @PathParam("sequence") String sequence, byte[] body) {
        return put(stream, sequence, body, BatchBody::fromJson);
    }

    @PUT
    @Path("{stream}/batches/{sequence}")
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(summary = "Append the next batch, as the BatchMessage that Kafka carries")
    @RequestBody(content = @Content(schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Response putProtobuf(
            @PathParam("stream") String stream, @PathParam("sequence") String sequence, byte[] body) {
        return put(stream, sequence, body, BatchBody::fromProtobuf);
    }

    private Response put(String stream, String sequence, byte[] body, Reader reader) {
        watch.requireReady();
        PublishedStream published = streams.findExternal(stream);
        BatchReceipt receipt = intake.put(published, reader.read(body, published.spec(), parseSequence(sequence)));
        return Response.status(receipt.duplicate() ? Response.Status.OK : Response.Status.CREATED)
                .entity(Json.write(receipt))
                .build();
    }

    private static long parseSequence(String sequence) {
        if (!sequence.matches("[0-9]{1,10}") || Long.parseLong(sequence) > Integer.MAX_VALUE) {
            throw new RefusedException(
                    Refusal.INVALID_SEQUENCE,
                    "Sequence is '%s'; it must be a whole number from 0 to %d".formatted(sequence, Integer.MAX_VALUE));
        }
        return Long.parseLong(sequence);
    }

    @FunctionalInterface
    private interface Reader {
        Batch read(byte[] body, StreamSpec stream, long sequence);
    }
}
