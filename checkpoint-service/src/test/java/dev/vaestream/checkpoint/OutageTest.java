package dev.vaestream.checkpoint;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Sha256;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service starts without its store, gets it, loses it, and gets it back. */
@QuarkusTest
@TestProfile(OutageTest.WithoutStore.class)
class OutageTest {
    private static final byte[] BLOB = Examples.bytes("weights");
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String PATH = "/v1/blobs/" + Sha256.of(BLOB);

    @ConfigProperty(name = "vaestream.checkpoint.s3.endpoint")
    URI endpoint;

    @TempDir
    Path directory;

    @Test
    void theStoreComesAndGoesAndComesBack() {
        await().atMost(PATIENCE).untilAsserted(this::notReady);
        unavailable(put());
        unavailable(claim());
        alive();

        withStore(() -> {
            await().atMost(PATIENCE).untilAsserted(OutageTest::ready);
            put().statusCode(201);
            claim().statusCode(201);
        });
        await().atMost(PATIENCE).untilAsserted(this::notReady);
        unavailable(put());
        unavailable(given().get(PATH).then());
        alive();

        withStore(() -> {
            await().atMost(PATIENCE).untilAsserted(OutageTest::ready);
            given().get(PATH).then().statusCode(200);
            claim().statusCode(201);
        });
    }

    private void withStore(Runnable test) {
        S3ProxyStore store = new S3ProxyStore(directory, endpoint.getPort());
        try {
            test.run();
        } finally {
            store.close();
        }
    }

    private void notReady() {
        Response health = given().get("/q/health/ready");
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.body().asString()).contains("bucket vaestream at " + endpoint + " failed at");
    }

    private static void ready() {
        assertThat(given().get("/q/health/ready").statusCode()).isEqualTo(200);
    }

    private static void alive() {
        assertThat(given().get("/q/health/live").statusCode()).isEqualTo(200);
    }

    private static void unavailable(ValidatableResponse answer) {
        answer.statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", equalTo("2"))
                .body("type", equalTo("storage-unavailable"));
    }

    private static ValidatableResponse put() {
        return given().contentType("application/octet-stream")
                .body(BLOB)
                .put(PATH)
                .then();
    }

    private static ValidatableResponse claim() {
        return given().contentType(ContentType.JSON)
                .body(Json.write(Examples.claim("demo", 4)))
                .post("/v1/runs/demo/writers")
                .then();
    }

    /** A port that nobody listens on yet. */
    public static class WithoutStore implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "vaestream.checkpoint.s3.endpoint",
                    "http://127.0.0.1:" + freePort(),
                    "vaestream.checkpoint.s3.access-key",
                    S3ProxyStore.ACCESS_KEY,
                    "vaestream.checkpoint.s3.secret-key",
                    S3ProxyStore.SECRET_KEY,
                    "vaestream.checkpoint.check-interval",
                    "50ms",
                    "mp.messaging.outgoing.checkpoints.connector",
                    "smallrye-in-memory");
        }

        private static int freePort() {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
