package dev.vaestream.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vaestream.contracts.Lineage;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunStateRequest;
import dev.vaestream.contracts.RunStatus;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StreamRequest;
import dev.vaestream.contracts.StreamStatus;
import dev.vaestream.contracts.WantedState;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The services' HTTP calls that the command line makes. */
final class Services {
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Addresses addresses;

    Services(Addresses addresses) {
        this.addresses = addresses;
    }

    StreamStatus createStream(StreamRequest request) {
        return api(Member.INGEST).post("/v1/streams", request, StreamStatus.class);
    }

    List<StreamStatus> streams() {
        return List.of(api(Member.INGEST).get("/v1/streams", StreamStatus[].class));
    }

    Optional<StreamStatus> stream(String name) {
        return api(Member.INGEST).find("/v1/streams/" + name, StreamStatus.class);
    }

    void startRun(RunRequest request) {
        api(Member.INGEST).post("/v1/runs", request);
    }

    void controlRun(String run, WantedState wanted) {
        api(Member.INGEST).put("/v1/runs/" + run + "/state", new RunStateRequest(wanted));
    }

    List<RunStatus> runs() {
        return List.of(api(Member.CHECKPOINT).get("/v1/runs", RunStatus[].class));
    }

    Optional<RunStatus> run(String name) {
        return api(Member.CHECKPOINT).find("/v1/runs/" + name, RunStatus.class);
    }

    /** @throws CommandFailedException where no trainer has begun it */
    RunStatus begunRun(String name) {
        return run(name)
                .orElseThrow(() -> new CommandFailedException(
                        "there is no run '%s' that has begun; see: ./vaestream run list".formatted(name)));
    }

    Checkpoints checkpoints(String run) {
        return new Checkpoints(api(Member.CHECKPOINT), run);
    }

    /** The run and step that the sampler serves, as {@code demo/500}; empty before its first checkpoint. */
    Optional<String> servedCheckpoint() {
        return api(Member.SAMPLER)
                .find("/v1/model", JsonNode.class)
                .map(model ->
                        model.path("run").asText() + "/" + model.path("step").asLong());
    }

    /** Whether a service can be used, and else why not. */
    Health readiness(Member member) {
        return health(member, "/q/health/ready");
    }

    /** Whether a service answers at all. */
    Health liveness(Member member) {
        return health(member, "/q/health/live");
    }

    private Health health(Member member, String path) {
        try {
            return Health.of(api(member).whatever(path));
        } catch (CommandFailedException e) {
            return new Health(false, "does not answer");
        }
    }

    byte[] samplesPng(SampleQuery query) {
        return api(Member.SAMPLER).bytes("/v1/samples?" + query.text(), "image/png");
    }

    /** @param run the only run that is looked into */
    Lineage lineage(Sha256 digest, String run) {
        return api(Member.SAMPLER).get("/v1/lineage/%s?run=%s".formatted(digest, run), Lineage.class);
    }

    private Api api(Member member) {
        return new Api(http, member, addresses);
    }
}
