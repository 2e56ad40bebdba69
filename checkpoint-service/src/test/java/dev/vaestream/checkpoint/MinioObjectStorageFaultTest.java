package dev.vaestream.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinioObjectStorageFaultTest {
    private static final byte[] CONTENT = Examples.bytes("content");

    private final ScriptedS3Server server = new ScriptedS3Server();
    private final MinioObjectStorage storage = new MinioObjectStorage(new TestingS3(server.endpoint()));
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void close() {
        end.countDown();
        storage.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "500, InternalError",
        "503, SlowDown",
        "507, InsufficientStorage",
        "409, ConditionalRequestConflict",
        "403, AccessDenied",
        "404, NoSuchBucket"
    })
    void anErrorIsSaidAndNotTriedAgain(int status, String code) {
        server.error(status, code);

        unavailable(() -> storage.createIfAbsent("key", CONTENT))
                .hasMessage("bucket vaestream at %s failed at creating key: %d %s"
                        .formatted(server.endpoint(), status, code));
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void onlyAFailedPreconditionMeansTaken() {
        server.error(412, "PreconditionFailed");

        assertThat(storage.createIfAbsent("key", CONTENT)).isFalse();
    }

    @Test
    void anAnswerThatIsNotS3sIsUnavailable() {
        server.answer(exchange -> ScriptedS3Server.send(exchange, 502, "text/html", "<h1>Bad gateway</h1>"));

        unavailable(() -> storage.createIfAbsent("key", CONTENT)).hasMessageEndingWith("an answer that is not S3's");
    }

    @Test
    void aLostAnswerIsUnavailable() {
        server.answer(HttpExchange::close);

        unavailable(() -> storage.createIfAbsent("key", CONTENT)).hasMessageContaining("failed at creating key");
    }

    @Test
    void silenceEndsWithTheIdleTimeout() {
        server.answer(exchange -> awaitEnd());

        unavailable(() -> storage.document("key")).hasMessageContaining("failed at reading key: ");
    }

    @Test
    void nobodyThereIsUnavailable() {
        server.close();

        unavailable(() -> storage.list("runs/"))
                .hasMessageContaining("failed at listing runs/: ")
                .hasMessageNotContaining("Exception");
        unavailable(storage::ensureBucket).hasMessageContaining("failed at looking for it: ");
        unavailable(() -> storage.delete("key")).hasMessageContaining("failed at deleting key: ");
        unavailable(() -> storage.stat("key")).hasMessageContaining("failed at looking for key: ");
    }

    @Test
    void aCutAnswerIsUnavailable() {
        server.answer(exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write(CONTENT);
            exchange.getResponseBody().flush();
            exchange.close();
        });

        unavailable(() -> storage.document("key")).hasMessageContaining("failed at reading key: ");
    }

    @Test
    void theFirstRegionIsNotNamedWhenTheBucketIsCreated() {
        assertThat(bodyOfTheBucketCreatedIn("us-east-1")).isEmpty();
    }

    @Test
    void anotherRegionIsNamedWhenTheBucketIsCreated() {
        assertThat(bodyOfTheBucketCreatedIn("eu-central-1"))
                .contains("<LocationConstraint>eu-central-1</LocationConstraint>");
    }

    @Test
    void aWriteThatTheStoreVerifiesIsNotReadBack() throws IOException {
        server.answer(exchange -> put(exchange, true));

        put();

        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void aWriteThatTheStoreDoesNotVerifyIsReadBack() throws IOException {
        server.answer(exchange -> {
            if (exchange.getRequestMethod().equals("PUT")) {
                put(exchange, false);
            } else {
                ScriptedS3Server.send(exchange, 200, "application/octet-stream", "content");
            }
        });

        put();

        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void aWriteThatIsReadBackAsOtherBytesFails() {
        server.answer(exchange -> {
            if (exchange.getRequestMethod().equals("PUT")) {
                put(exchange, false);
            } else {
                ScriptedS3Server.send(exchange, 200, "application/octet-stream", "contenT");
            }
        });

        unavailable(this::put).hasMessageContaining(" took key with SHA-256 ");
    }

    private String bodyOfTheBucketCreatedIn(String region) {
        List<String> bodies = new CopyOnWriteArrayList<>();
        server.answer(exchange -> {
            if (exchange.getRequestMethod().equals("PUT")) {
                bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                exchange.sendResponseHeaders(200, -1);
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
            exchange.close();
        });
        try (MinioObjectStorage elsewhere = new MinioObjectStorage(new TestingS3(server.endpoint(), "new", region))) {
            elsewhere.ensureBucket();
        }
        assertThat(bodies).hasSize(1);
        return bodies.get(0);
    }

    private void put() throws IOException {
        try (Spool spool = Spool.of(new ByteArrayInputStream(CONTENT), 100)) {
            storage.put("key", spool);
        }
    }

    private static void put(HttpExchange exchange, boolean verified) throws IOException {
        exchange.getResponseHeaders().set("ETag", "\"0\"");
        if (verified) {
            String checksum = exchange.getRequestHeaders().getFirst("x-amz-checksum-crc32c");
            exchange.getResponseHeaders().set("x-amz-checksum-crc32c", checksum);
        }
        ScriptedS3Server.send(exchange, 200, "application/octet-stream", "");
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static AbstractThrowableAssert<?, ?> unavailable(ThrowingCallable call) {
        return assertThatThrownBy(call).isInstanceOf(StorageUnavailableException.class);
    }
}
