package dev.vaestream.integrationtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vaestream.contracts.Json;
import dev.vaestream.local.Member;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes from outside and is wrong: answered with what, which and value, and nothing is half done. */
class BadInputIT {
    @TempDir
    private static Path directory;

    private static Pipeline pipeline;

    @BeforeAll
    static void start() {
        pipeline = Pipeline.start(directory);
        pipeline.createStream("good", 1, 1);
        HttpResponse<byte[]> answer = pipeline.postJson(
                Member.INGEST,
                "/v1/streams",
                "{\"stream\": \"outside\", \"batchSize\": 2, \"shape\": {\"height\": 2, \"width\": 2}}");
        assertThat(answer.statusCode()).isEqualTo(201);
    }

    @AfterAll
    static void close() {
        pipeline.close();
    }

    @ParameterizedTest
    @MethodSource("runs")
    void aWrongRunIsRefusedBeforeItIsQueued(String json, int status, String detail) {
        assertProblem(pipeline.postJson(Member.INGEST, "/v1/runs", json), status, detail);
    }

    static Stream<Arguments> runs() {
        return Stream.of(
                argumentSet("unknown optimizer", run("\"optimizer\": {\"adamx\": {}}"), 400, "adamx"),
                argumentSet("negative steps", run("\"steps\": -5"), 400, "steps: is -5"),
                argumentSet("more steps than batches", run("\"steps\": 3751"), 400, "3750"),
                argumentSet("unknown field", run("\"step\": 5"), 400, "step"),
                argumentSet("no such stream", "{\"run\": \"a\", \"spec\": {\"stream\": \"none\"}}", 404, "none"),
                argumentSet("no spec", "{\"run\": \"a\"}", 400, "spec"),
                argumentSet("bad name", "{\"run\": \"A b\", \"spec\": {\"stream\": \"good\"}}", 400, "A b"),
                argumentSet("no JSON", "{", 400, "line 1"));
    }

    @ParameterizedTest
    @MethodSource("batches")
    void aWrongBatchIsRefusedAndNotPublished(
            long sequence, int images, int bytes, int label, int status, String detail) {
        HttpResponse<byte[]> answer = putBatch(sequence, images, bytes, label);
        assertProblem(answer, status, detail);
        assertThat(pipeline.published("outside")).isZero();
    }

    static Stream<Arguments> batches() {
        return Stream.of(
                argumentSet("wrong size", 0L, 2, 7, 1, 400, "7"),
                argumentSet("label over 9", 0L, 2, 8, 10, 400, "10"),
                argumentSet("zero images", 0L, 0, 0, 0, 400, "0"),
                argumentSet("another batch size", 0L, 3, 12, 0, 400, "3"),
                argumentSet("sequence gap", 5L, 2, 8, 1, 409, "5"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aWrongQueryNeverReachesTheModel(String query, String detail) {
        assertProblem(pipeline.get(Member.SAMPLER, "/v1/samples?" + query), 400, detail);
    }

    static Stream<Arguments> samples() {
        return Stream.of(
                argumentSet("no images", "count=0", "count is '0'"),
                argumentSet("a milliard images", "count=1000000000", "count is '1000000000'"),
                argumentSet("a seed of letters", "seed=abc", "seed is 'abc'"),
                argumentSet("an index of every class", "index=5", "index is '5'"),
                argumentSet("an index before the first", "class=3&index=-1", "index is '-1'"),
                argumentSet("an index and a count", "class=3&index=1&count=2", "count is there too"),
                argumentSet("a checkpoint that is a path", "checkpoint=..%2f..%2fblobs", "checkpoint is '../../blobs'"),
                argumentSet("a checkpoint before the first", "checkpoint=-1", "checkpoint is '-1'"),
                argumentSet("a run without a name", "run=", "run is ''"),
                argumentSet("two runs", "run=a&run=b", "run is given 2 times"),
                argumentSet("a parameter that is not known", "colour=red", "colour"));
    }

    @Test
    void whatIsNoPictureIsNotVerified() {
        HttpResponse<byte[]> answer = pipeline.postPicture(Member.SAMPLER, "/v1/verifications", new byte[] {1, 2, 3});
        assertProblem(answer, 400, "The 3 bytes do not begin as a PNG does");
    }

    @ParameterizedTest
    @MethodSource("lineages")
    void aWrongLineageIsRefused(String path, int status, String detail) {
        assertProblem(pipeline.get(Member.SAMPLER, "/v1/lineage/" + path), status, detail);
    }

    static Stream<Arguments> lineages() {
        String digest = "0".repeat(64);
        return Stream.of(
                argumentSet("no digest", "abc", 400, "digest is 'abc'"),
                argumentSet("a digest that nothing has", digest, 404, digest),
                argumentSet("a run that is not there", digest + "?run=nowhere", 404, "nowhere"),
                argumentSet("a run that is a path", digest + "?run=..%2fa", 400, "run is '../a'"));
    }

    @ParameterizedTest
    @MethodSource("interpolations")
    void aWrongInterpolationNeverReachesTheModel(String json, String detail) {
        assertProblem(pipeline.postJson(Member.SAMPLER, "/v1/interpolations", json), 400, detail);
    }

    static Stream<Arguments> interpolations() {
        String body = "{\"from\": {\"class\": 3%s}, \"to\": {\"class\": 8}, \"steps\": %d}";
        return Stream.of(
                argumentSet("no JSON", "{", "line 1"),
                argumentSet("no steps", body.formatted("", 0), "steps: is 0"),
                argumentSet("a milliard steps", body.formatted("", 1_000_000_000), "steps: is 1000000000"),
                argumentSet("a latent beyond all", body.formatted(", \"latent\": [1e38]", 2), "1.0E38"),
                argumentSet("a latent that is no number", body.formatted(", \"latent\": [NaN]", 2), "line 1"),
                argumentSet("a field that is not known", body.formatted(", \"colour\": 1", 2), "colour"));
    }

    @ParameterizedTest
    @MethodSource("images")
    void aWrongImageNeverReachesTheModel(String json, String detail) {
        assertProblem(pipeline.postJson(Member.SAMPLER, "/v1/reconstructions", json), 400, detail);
    }

    static Stream<Arguments> images() {
        return Stream.of(
                argumentSet("no JSON", "{", "line 1"),
                argumentSet("no images", "{\"images\": []}", "images: is empty"),
                argumentSet("a pixel that is too bright", "{\"images\": [[0, 1.5]]}", "pixel 1 is 1.5"),
                argumentSet("a pixel that is too dark", "{\"images\": [[-0.5]]}", "pixel 0 is -0.5"),
                argumentSet("a pixel beyond all", "{\"images\": [[1e999]]}", "pixel 0 is Infinity"),
                argumentSet("a pixel that is no number", "{\"images\": [[NaN]]}", "line 1"),
                argumentSet("a field that is not known", "{\"images\": [[0]], \"colour\": 1}", "colour"));
    }

    @Test
    void whatIsNoPictureIsNotReconstructed() {
        HttpResponse<byte[]> answer = pipeline.postPicture(Member.SAMPLER, "/v1/reconstructions", new byte[] {1, 2, 3});
        assertProblem(answer, 400, "The 3 bytes do not begin as a PNG does");
    }

    @Test
    void aClassThatIsNoNumberLiesNowhere() {
        assertProblem(pipeline.get(Member.SAMPLER, "/v1/latents/three"), 400, "class is 'three'");
    }

    @Test
    void withoutAModelTheSamplerSaysSo() {
        HttpResponse<byte[]> answer = pipeline.get(Member.SAMPLER, "/v1/samples?class=3");
        assertProblem(answer, 503, "");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("no-model");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void aStreamOfAnUnknownDatasetIsRefused() {
        HttpResponse<byte[]> answer =
                pipeline.postJson(Member.INGEST, "/v1/streams", "{\"stream\": \"x\", \"dataset\": \"fashion\"}");
        assertThat(answer.statusCode()).isBetween(400, 404);
        assertProblem(answer, answer.statusCode(), "fashion");
    }

    private static HttpResponse<byte[]> putBatch(long sequence, int images, int bytes, int label) {
        Map<String, Object> batch = Map.of(
                "images", Base64.getEncoder().encodeToString(new byte[bytes]),
                "labels", Collections.nCopies(images, label));
        return pipeline.put(
                Member.INGEST, "/v1/streams/outside/batches/" + sequence, "application/json", Json.write(batch));
    }

    private static String run(String field) {
        return "{\"run\": \"a\", \"spec\": {\"stream\": \"good\", " + field + "}}";
    }

    private static void assertProblem(HttpResponse<byte[]> answer, int status, String detail) {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.statusCode()).as(body).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        ObjectNode problem = Json.read(answer.body(), ObjectNode.class);
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("detail").asText()).contains(detail);
        assertThat(body)
                .doesNotContain("Exception")
                .doesNotContain("dev.vaestream")
                .doesNotContain("java.");
    }
}
