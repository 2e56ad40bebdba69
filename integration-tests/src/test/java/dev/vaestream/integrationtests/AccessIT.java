package dev.vaestream.integrationtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vaestream.contracts.Json;
import dev.vaestream.local.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The four services asking for keys: who may do what, and where the keys must not be seen. */
class AccessIT {
    private static final String BLOB = "/v1/blobs/0000000000000000000000000000000000000000000000000000000000000000";

    @TempDir
    private static Path directory;

    private static Callers callers = new Callers(Path.of(""));
    private static Pipeline pipeline;

    /** A run from the operator's request to the sampler's picture, every service showing its own key. */
    @BeforeAll
    static void train() {
        callers = Callers.make(directory.resolve("keys"));
        pipeline = Pipeline.start(
                directory.resolve("state"), new EmbeddedStack(), callers::configure, System.out::println);
        assertThat(call(
                                "ingest",
                                "POST",
                                Member.INGEST,
                                "/v1/streams",
                                "{\"stream\": \"mnist\", \"dataset\": \"mnist\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(call("operator", "POST", Member.INGEST, "/v1/runs", run()).statusCode())
                .isEqualTo(201);
        await("a served checkpoint")
                .atMost(Duration.ofMinutes(2))
                .until(() ->
                        call("sampler", "GET", Member.SAMPLER, "/v1/model", "").statusCode() == 200);
    }

    private static String run() {
        return new String(
                Json.write(Map.of("run", "asked", "spec", Runs.small("mnist", 100, 50))), StandardCharsets.UTF_8);
    }

    @AfterAll
    static void close() {
        if (pipeline != null) {
            pipeline.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INGEST, GET, /v1/streams, operator ingest reader",
        "INGEST, POST, /v1/streams, operator ingest",
        "INGEST, GET, /v1/streams/absent, operator ingest reader",
        "INGEST, PUT, /v1/streams/absent/batches/0, operator ingest",
        "INGEST, POST, /v1/runs, operator",
        "INGEST, GET, /v1/runs/asked, operator",
        "INGEST, PUT, /v1/runs/absent/state, operator",
        "INGEST, GET, /q/openapi, operator",
        "INGEST, GET, /q/metrics, operator metrics",
        "CHECKPOINT, GET, /v1/runs, operator trainer reader",
        "CHECKPOINT, GET, /v1/runs/asked/checkpoints/latest, operator trainer reader",
        "CHECKPOINT, GET, " + BLOB + ", operator trainer reader",
        "CHECKPOINT, PUT, " + BLOB + ", trainer",
        "CHECKPOINT, POST, /v1/runs/asked/writers, trainer",
        "CHECKPOINT, PUT, /v1/runs/asked/checkpoints/7, trainer",
        "CHECKPOINT, DELETE, /v1/runs/absent/checkpoints/7, operator",
        "CHECKPOINT, POST, /v1/runs/absent/checkpoints/7/verification, operator reader",
        "CHECKPOINT, PUT, /v1/runs/absent/aliases/production, operator",
        "CHECKPOINT, POST, /v1/runs/absent/aliases/production/rollback, operator",
        "CHECKPOINT, PUT, /v1/runs/absent/pins/me, operator reader",
        "CHECKPOINT, GET, /q/metrics, operator metrics",
        "TRAINER, GET, /q/metrics, operator metrics",
        "TRAINER, GET, /, operator",
        "SAMPLER, GET, /, operator sampler",
        "SAMPLER, GET, /page.js, operator sampler",
        "SAMPLER, GET, /v1/model, operator sampler",
        "SAMPLER, GET, /v1/samples?count=0, operator sampler",
        "SAMPLER, POST, /v1/samples?count=0, operator sampler",
        "SAMPLER, POST, /v1/verifications, operator sampler",
        "SAMPLER, POST, /v1/absent, operator",
        "SAMPLER, PUT, /v1/runs/absent/aliases/production, operator",
        "SAMPLER, PUT, /v1/runs/absent/aliases/production/, operator",
        "SAMPLER, PUT, /v1/runs/absent/aliases;x/production, operator",
        "SAMPLER, GET, /q/metrics, operator metrics"
    })
    void onlySomeMay(Member member, String method, String path, String roles) {
        List<String> may = Arrays.asList(roles.split(" ", -1));
        for (String role : Callers.ROLES) {
            HttpResponse<String> answer = call(role, method, member, path, "{}");
            if (may.contains(role)) {
                assertThat(answer.statusCode())
                        .as("%s: %s", role, answer.body())
                        .isNotIn(401, 403)
                        .isLessThan(500);
            } else {
                assertRefused(answer, 403, "forbidden");
            }
        }
        assertRefused(Callers.call(Map.of(), method, pipeline.address(member, path), "{}"), 401, "unauthorized");
    }

    /** By a body that is wrong, since one that is not goes on to the checkpoint service, which knows only the sampler. */
    @ParameterizedTest
    @ValueSource(strings = {"rollback", "rollback/"})
    void onlyTheOperatorRollsBackThroughTheSampler(String end) {
        String path = "/v1/runs/absent/aliases/production/" + end;
        for (String role : Callers.ROLES) {
            HttpResponse<String> answer = call(role, "POST", Member.SAMPLER, path, "[");
            if (role.equals("operator")) {
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            } else {
                assertRefused(answer, 403, "forbidden");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Member.class,
            names = {"INGEST", "CHECKPOINT", "TRAINER", "SAMPLER"})
    void aProbeShowsNoKey(Member member) {
        assertThat(Callers.call(Map.of(), "GET", pipeline.address(member, "/q/health/live"), "")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"Bearer vaestream_0", "Bearer", "Bearer eyJhbGciOiJub25lIn0.e30.", "Basic eDp5", "Basic ?"})
    void whatIsNoKeyIsRefused(String authorization) {
        assertRefused(with(authorization, "/v1/model"), 401, "unauthorized");
    }

    @Test
    void aKeyThatNobodyHasIsRefused() {
        assertRefused(with("Bearer vaestream_" + "0".repeat(64), "/v1/model"), 401, "unauthorized");
    }

    @ParameterizedTest
    @EnumSource(
            value = Member.class,
            names = {"INGEST", "CHECKPOINT", "SAMPLER"})
    void aPageOfAnotherSiteChangesNothingWhateverKeyTheBrowserHas(Member member) {
        Map<String, String> headers =
                Map.of("Authorization", "Bearer " + callers.text("operator"), "Sec-Fetch-Site", "cross-site");

        assertRefused(
                Callers.call(headers, "POST", pipeline.address(member, "/v1/runs/asked/x"), "{}"), 403, "forbidden");
    }

    @Test
    void aBrowserShowsTheKeyAsAPassword() {
        String pair = "anybody:" + callers.text("sampler");
        String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));

        assertThat(with("Basic " + encoded, "/").statusCode()).isEqualTo(200);
        assertThat(with("", "/").headers().allValues("WWW-Authenticate")).contains("Basic realm=\"vaestream\"");
    }

    @Test
    void aServiceThatAsksNobodyDoesNotListenWhereOthersReachIt() throws Exception {
        Process process = pipeline.cluster()
                .startAnother(
                        Member.SAMPLER, 0, Map.of(), "-Dquarkus.http.host=0.0.0.0", "-Dvaestream.security.api-keys=");

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(Files.readString(directory.resolve("state/logs/sampler-0.log")))
                .contains("quarkus.http.host is 0.0.0.0", "set vaestream.security.api-keys")
                .doesNotContain("\tat ");
    }

    @Test
    void secretsAreNowhereToBeSeen() throws IOException {
        List<String> secrets =
                new ArrayList<>(Callers.ROLES.stream().map(callers::text).toList());
        secrets.add(Json.mapper()
                .readTree(directory.resolve("state/credentials.json").toFile())
                .path("secretKey")
                .asText());
        List<String> seen = new ArrayList<>();
        for (Member member : List.of(Member.INGEST, Member.CHECKPOINT, Member.TRAINER, Member.SAMPLER)) {
            for (String path :
                    List.of("/q/metrics", "/q/health", "/q/openapi", "/", "/page.js", "/v1/runs?x=%00", "/v1/absent")) {
                seen.add(call("operator", "GET", member, path, "").body());
            }
            seen.add(Callers.call(
                            Map.of("Authorization", "Bearer " + callers.text("operator") + "0"),
                            "GET",
                            pipeline.address(member, "/v1/runs"),
                            "")
                    .body());
        }
        try (Stream<Path> logs = Files.list(directory.resolve("state/logs"))) {
            logs.forEach(log -> seen.add(read(log)));
        }

        assertThat(seen).hasSizeGreaterThan(30);
        assertThat(secrets).hasSize(7).allSatisfy(secret -> assertThat(secret).hasSizeGreaterThan(30));
        assertThat(seen).allSatisfy(text -> assertThat(text).doesNotContain(secrets.toArray(String[]::new)));
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String type) {
        String asked = answer.request().method() + " " + answer.uri();
        assertThat(answer.statusCode()).as(asked).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).as(asked).contains("application/problem+json");
        JsonNode problem = Json.read(answer.body().getBytes(StandardCharsets.UTF_8), JsonNode.class);
        assertThat(problem.path("type").asText()).as(asked).isEqualTo(type);
        assertThat(problem.path("status").asInt()).as(asked).isEqualTo(status);
    }

    private static HttpResponse<String> call(String role, String method, Member member, String path, String body) {
        return callers.call(role, method, pipeline.address(member, path), body);
    }

    private static HttpResponse<String> with(String authorization, String path) {
        URI uri = pipeline.address(Member.SAMPLER, path);
        return Callers.call(Map.of("Authorization", authorization), "GET", uri, "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
