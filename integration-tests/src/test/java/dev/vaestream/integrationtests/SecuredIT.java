package dev.vaestream.integrationtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.vaestream.contracts.Json;
import dev.vaestream.local.ClusterOptions;
import dev.vaestream.local.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything by TLS, with passwords for Kafka and keys for the services: a run from its request to its picture. */
class SecuredIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path directory;

    private static final int SECURE_PORT = ChildJvm.freePort();

    private static TestingCertificate certificate = new TestingCertificate(Path.of(""), Path.of(""));
    private static Callers callers = new Callers(Path.of(""));
    private static Pipeline pipeline;

    @BeforeAll
    static void train() {
        certificate = TestingCertificate.make(directory, "server");
        callers = Callers.make(directory.resolve("keys"));
        pipeline = Pipeline.start(
                directory.resolve("state"),
                SecuredStack.start(directory, certificate),
                SecuredIT::byHttps,
                System.out::println);
        post("/v1/streams", Map.of("stream", "mnist", "dataset", "mnist"));
        post("/v1/runs", Map.of("run", "secured", "spec", Runs.small("mnist", 100, 50)));
    }

    /** The health that a cluster waits for is asked by HTTP, so the checkpoint service has both. */
    private static ClusterOptions byHttps(ClusterOptions options) {
        String service = "https://localhost:" + SECURE_PORT;
        String trusted = "-Dquarkus.tls.checkpoint.trust-store.pem.certs=" + certificate.pem();
        return callers.configure(options)
                .withArguments(
                        Member.CHECKPOINT,
                        "-Dquarkus.http.insecure-requests=enabled",
                        "-Dquarkus.http.ssl-port=" + SECURE_PORT,
                        "-Dquarkus.tls.key-store.p12.path=" + certificate.keyStore(),
                        "-Dquarkus.tls.key-store.p12.password=" + TestingCertificate.PASSWORD)
                .withArguments(Member.TRAINER, "-Dvaestream.trainer.checkpoint-service=" + service, trusted)
                .withArguments(Member.SAMPLER, "-Dvaestream.sampler.checkpoint-service=" + service, trusted);
    }

    @AfterAll
    static void close() {
        if (pipeline != null) {
            pipeline.close();
        }
    }

    @Test
    void aRunIsTrainedAndServed() {
        await("a served checkpoint")
                .atMost(PATIENCE)
                .until(() -> callers.call("sampler", "GET", pipeline.address(Member.SAMPLER, "/v1/model"), "")
                                .statusCode()
                        == 200);
    }

    @Test
    void aCallerThatTrustsTheCertificateIsAnsweredByHttps() throws Exception {
        assertThat(ready(client()).statusCode()).isEqualTo(200);
    }

    @Test
    void aCallerThatDoesNotTrustTheCertificateGoesAway() {
        assertThatThrownBy(() -> ready(HttpClient.newHttpClient())).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void aServiceWithAnotherPasswordIsNotReadyAndSaysNothingOfIt() {
        assertNeverReady(
                Member.INGEST,
                "Authentication failed",
                "-Dkafka.sasl.jaas.config=" + SecuredStack.login("guessed-password"));
    }

    @Test
    void aServiceThatDoesNotTrustTheBrokerIsNotReady() {
        assertNeverReady(Member.INGEST, "SSL handshake failed", "-Dkafka.ssl.truststore.location=" + other());
    }

    @Test
    void aServiceThatDoesNotTrustTheStoreIsNotReady() {
        assertNeverReady(
                Member.CHECKPOINT,
                "certification path",
                "-Dquarkus.http.ssl-port=0",
                "-Dquarkus.tls.s3.trust-store.pem.certs=" + other());
    }

    @Test
    void passwordsAreNotInTheLogs() throws IOException {
        try (Stream<Path> logs = Files.list(directory.resolve("state/logs"))) {
            assertThat(logs.map(SecuredIT::read).toList())
                    .hasSizeGreaterThanOrEqualTo(4)
                    .allSatisfy(log -> assertThat(log)
                            .isNotEmpty()
                            .doesNotContain(
                                    SecuredStack.PASSWORD,
                                    SecuredStack.SECRET_KEY,
                                    "guessed-password",
                                    callers.text("trainer")));
        }
    }

    private static Path other() {
        return TestingCertificate.make(directory, "other" + ChildJvm.freePort()).pem();
    }

    /** @param why what its readiness or its log says */
    private static void assertNeverReady(Member member, String why, String... arguments) {
        int port = ChildJvm.freePort();
        Process process = pipeline.cluster().startAnother(member, port, Map.of(), arguments);
        URI ready = URI.create("http://127.0.0.1:" + port + "/q/health/ready");
        try {
            await(why)
                    .atMost(PATIENCE)
                    .ignoreException(UncheckedIOException.class)
                    .untilAsserted(() -> {
                        HttpResponse<String> answer = Callers.call(Map.of(), "GET", ready, "");
                        Path log = directory.resolve("state/logs/%s-%d.log".formatted(member.title(), port));
                        assertThat(answer.statusCode()).isEqualTo(503);
                        assertThat(answer.body() + read(log)).contains(why);
                    });
        } finally {
            process.destroy();
        }
    }

    private static HttpResponse<String> ready(HttpClient client) throws Exception {
        URI uri = URI.create("https://localhost:" + SECURE_PORT + "/q/health/ready");
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static HttpClient client() throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(certificate.trusted());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static void post(String path, Object body) {
        String json = new String(Json.write(body), StandardCharsets.UTF_8);
        HttpResponse<String> answer = callers.call("operator", "POST", pipeline.address(Member.INGEST, path), json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
