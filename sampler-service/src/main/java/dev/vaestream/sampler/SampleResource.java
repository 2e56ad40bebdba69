package dev.vaestream.sampler;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;

/** Generated images. */
@Path("/v1/samples")
final class SampleResource {
    static final String RUN = "Vaestream-Run";
    static final String STEP = "Vaestream-Step";
    static final String PARAMS = "Vaestream-Params-Digest";

    private final SamplerConfig config;
    private final Models models;
    private final Turns turns;
    private final SamplerMetrics metrics;

    SampleResource(SamplerConfig config, Models models, Turns turns, SamplerMetrics metrics) {
        this.config = config;
        this.models = models;
        this.turns = turns;
        this.metrics = metrics;
    }

    @GET
    @Blocking
    public Response samples(@Context UriInfo uri, @Context Request http) {
        Query query = Query.of(uri.getQueryParameters(), SampleRequest.PARAMETERS);
        SampleRequest asked = SampleRequest.of(query, config.maxCount());
        SampleFormat format = SampleFormat.chosen(query, http);
        try (Lease lease = models.lease()) {
            Checkpoint checkpoint = lease.model().checkpoint();
            SampleRequest request = asked.of(checkpoint.model().classes(), checkpoint.shape(), config.maxPixels());
            EntityTag tag = format.tag(checkpoint, request);
            ResponseBuilder answer = http.evaluatePreconditions(tag);
            if (answer == null) {
                answer = answer(format, turns.take(() -> Sampler.draw(lease.model(), request)));
            }
            return named(answer, checkpoint).tag(tag).build();
        }
    }

    private ResponseBuilder answer(SampleFormat format, Samples samples) {
        metrics.sent(samples.rows() * samples.columns());
        StreamingOutput body = out -> format.write(samples, out);
        return Response.ok(body, format.mediaType());
    }

    /** The same address has other images when another checkpoint is served, so a copy must be asked about again. */
    private static ResponseBuilder named(ResponseBuilder answer, Checkpoint checkpoint) {
        CacheControl revalidate = new CacheControl();
        revalidate.setNoCache(true);
        return answer.cacheControl(revalidate)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .header(RUN, checkpoint.manifest().run())
                .header(STEP, checkpoint.manifest().step())
                .header(PARAMS, checkpoint.paramsDigest());
    }
}
