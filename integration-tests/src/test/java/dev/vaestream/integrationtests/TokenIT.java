package dev.vaestream.integrationtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sampler that takes tokens of an OpenID Connect issuer; it needs nothing else to answer or refuse. */
class TokenIT {
    private static final String AUDIENCE = "vaestream";
    private static final String PATH = "/v1/samples?count=0";

    @TempDir
    private static Path directory;

    private static final TestingIssuer ISSUER = new TestingIssuer();
    private static final int PORT = ChildJvm.freePort();

    private static Process sampler;

    @BeforeAll
    static void start() {
        sampler = ChildJvm.start(
                directory.resolve("sampler.log"),
                List.of(
                        "-Dquarkus.http.port=" + PORT,
                        "-Dquarkus.oidc.tenant-enabled=true",
                        "-Dquarkus.oidc.auth-server-url=" + ISSUER.uri(),
                        "-Dquarkus.oidc.token.audience=" + AUDIENCE,
                        "-jar",
                        Pipeline.home()
                                .resolve("sampler-service/target/quarkus-app/quarkus-run.jar")
                                .toString()));
        await("the sampler")
                .atMost(Duration.ofMinutes(1))
                .ignoreException(UncheckedIOException.class)
                .until(() ->
                        Callers.call(Map.of(), "GET", uri("/q/health/live"), "").statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        if (sampler != null) {
            ChildJvm.kill(sampler);
        }
        ISSUER.close();
    }

    /** The query is bad, which only those are told that may ask. */
    @Test
    void whoHasTheRoleIsAnswered() {
        assertThat(call(ISSUER.token(AUDIENCE, "sampler", soon())).statusCode()).isEqualTo(400);
    }

    @Test
    void whoHasAnotherRoleIsForbidden() {
        assertThat(call(ISSUER.token(AUDIENCE, "ingest", soon())).statusCode()).isEqualTo(403);
    }

    @Test
    void aTokenForAnotherAudienceIsRefused() {
        assertUnknown(call(ISSUER.token("others", "sampler", soon())));
    }

    @Test
    void aTokenThatHasEndedIsRefused() {
        assertUnknown(call(ISSUER.token(AUDIENCE, "sampler", Instant.now().minusSeconds(3600))));
    }

    @Test
    void aTokenSignedBySomebodyElseIsRefused() {
        assertUnknown(call(ISSUER.token(AUDIENCE, "sampler", soon(), TestingIssuer.newKeys())));
    }

    @Test
    void whoShowsNothingIsRefused() {
        assertUnknown(Callers.call(Map.of(), "GET", uri(PATH), ""));
    }

    private static void assertUnknown(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"type\":\"unauthorized\"");
    }

    private static HttpResponse<String> call(String token) {
        return Callers.call(Map.of("Authorization", "Bearer " + token), "GET", uri(PATH), "");
    }

    private static Instant soon() {
        return Instant.now().plusSeconds(600);
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + PORT + path);
    }
}
