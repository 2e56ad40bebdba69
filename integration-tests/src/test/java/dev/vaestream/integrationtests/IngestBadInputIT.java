package dev.vaestream.integrationtests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes over HTTP that nobody well-meaning would send to the ingest: refused with a problem, and it lives on. */
class IngestBadInputIT {
    private static final String BATCH = "{\"images\":\"AAAAAAAAAAA=\",\"labels\":[1,2]%s}";
    private static final String JSON = "application/json";
    private static final String BINARY = "application/octet-stream";
    private static final int BODY_LIMIT = 8 << 20;

    @TempDir
    private static Path directory;

    private static BrokerProcess broker;
    private static IngestProcess ingest;

    @BeforeAll
    static void start() {
        broker = BrokerProcess.start(directory.resolve("broker"));
        ingest = IngestProcess.start(directory, "ingest", broker);
        IngestStreams.makeExternal(ingest, "outside", 1);
        String run =
                "{\"run\":\"queued\",\"spec\":{\"stream\":\"outside\",\"steps\":5,\"model\":{\"encoder\":[4],\"decoder\":[4]}}}";
        assertThat(ingest.post("/v1/runs", run).statusCode()).isEqualTo(201);
    }

    @AfterAll
    static void close() {
        ingest.close();
        broker.close();
    }

    @AfterEach
    void theServiceLivesAndNothingWasPublished() {
        assertThat(ingest.get("/q/health/ready").statusCode()).isEqualTo(200);
        assertThat(ingest.status("outside").published()).isZero();
    }

    @ParameterizedTest
    @MethodSource({"places", "batches", "states"})
    void whatIsWrongIsRefusedWithAProblem(String method, String path, String type, byte[] body, int status) {
        RawHttp.Answer answer =
                RawHttp.send(ingest.port(), request(method, path, "Content-Type: " + type, body.length, body));

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.head()).containsIgnoringCase("Content-Type: application/problem+json");
        assertSaysNothingOfTheInside(answer);
    }

    /** Where something is sent to. */
    static Stream<Arguments> places() {
        byte[] body = json(BATCH.formatted(""));
        return Stream.of(
                to("sequence -1", "outside", "-1", 400),
                to("sequence of 2^63", "outside", "9223372036854775808", 400),
                to("sequence of 2^31", "outside", "2147483648", 400),
                to("sequence with an exponent", "outside", "1e3", 400),
                to("sequence that is no number", "outside", "NaN", 400),
                to("sequence in other digits", "outside", "%D9%A1", 400),
                to("sequence with a NUL", "outside", "0%00", 400),
                to("sequence of 4000 digits", "outside", "9".repeat(4_000), 400),
                to("a gap", "outside", "1", 409),
                to("a stream that is not there", "nowhere", "0", 404),
                to("a stream with 300 letters", "s".repeat(300), "0", 404),
                to("a stream in Greek", "%CF%83", "0", 404),
                to("a stream that is no UTF-8", "%FF%FE", "0", 404),
                to("a stream with a NUL", "outside%00", "0", 404),
                to("a stream above", "..%2f..%2fetc", "0", 404),
                to("a stream above, twice encoded", "..%252f..%252fetc", "0", 404),
                to("no stream", "", "0", 404),
                argumentSet("another method", "DELETE", "/v1/streams/outside/batches/0", JSON, body, 405),
                argumentSet("another type", "PUT", "/v1/streams/outside/batches/0", "text/xml", body, 415),
                argumentSet("a path of nobody", "PUT", "/v1/streams/outside/batches/0/0", JSON, body, 404));
    }

    /** What is sent as a batch. */
    static Stream<Arguments> batches() {
        String batch = BATCH.formatted("");
        return Stream.of(
                batch("nothing", JSON, "", 400),
                batch("null", JSON, "null", 400),
                batch("an array", JSON, "[]", 400),
                batch("a field twice", JSON, BATCH.formatted(",\"labels\":[1,2]"), 400),
                batch("a field that is not known", JSON, BATCH.formatted(",\"dtype\":\"F32\""), 400),
                batch("two texts", JSON, batch + batch, 400),
                batch("half a text", JSON, batch.substring(0, 30), 400),
                batch("a byte order mark", JSON, "\ufeff" + batch, 400),
                batch("a NUL", JSON, batch + "\0", 400),
                batch("UTF-16", JSON, batch.getBytes(UTF_16LE), 400),
                batch("no UTF-8", JSON, batch.replace("AAAA", "\u00ff\u00fe").getBytes(ISO_8859_1), 400),
                batch("deep", JSON, "[".repeat(100_000), 400),
                batch("deep objects", JSON, "{\"a\":".repeat(100_000), 400),
                batch("NaN as a label", JSON, batch.replace("1,2", "NaN,2"), 400),
                batch("an infinite label", JSON, batch.replace("1,2", "1e999,2"), 400),
                batch("a fractional label", JSON, batch.replace("1,2", "1.5,2"), 400),
                batch("a label of 2^31", JSON, batch.replace("1,2", "2147483648,2"), 400),
                batch("a label of -1", JSON, batch.replace("1,2", "-1,2"), 400),
                batch("a label as text", JSON, batch.replace("1,2", "\"1\",2"), 400),
                batch("a label of a million digits", JSON, batch.replace("1,2", "9".repeat(1_000_000)), 400),
                batch("no label", JSON, batch.replace("1,2", "null,2"), 400),
                batch("a million labels", JSON, batch.replace("1,2", "1,".repeat(1_000_000) + "2"), 400),
                batch("no images", JSON, batch.replace("AAAAAAAAAAA=", ""), 400),
                batch("half an image", JSON, batch.replace("AAAAAAAAAAA=", "AAAAAAA="), 400),
                batch("no base64", JSON, batch.replace("AAAAAAAAAAA=", "!"), 400),
                batch("a negative epoch", JSON, BATCH.formatted(",\"epoch\":-1"), 400),
                batch("no bytes", BINARY, "", 400),
                batch("a byte", BINARY, "\u0007", 400),
                batch("JSON as protobuf", BINARY, batch, 400),
                batch("empty groups", BINARY, repeated(1_000_000, 0x7b, 0x7c), 400),
                batch("unknown fields", BINARY, repeated(2_000_000, 0x70, 0x01), 400),
                batch("a gzip bomb", JSON + "\r\nContent-Encoding: gzip", bomb(), 400),
                batch("too much", BINARY, new byte[BODY_LIMIT + 1], 413));
    }

    /** What is wanted of a run. */
    static Stream<Arguments> states() {
        return Stream.of(
                state("nothing", "", 400),
                state("null", "null", 400),
                state("a text", "\"paused\"", 400),
                state("no state", "{}", 400),
                state("a state that is null", "{\"state\":null}", 400),
                state("a state that is a number", "{\"state\":1}", 400),
                state("a state of nobody", "{\"state\":\"stopped\"}", 400),
                state("a state twice", "{\"state\":\"paused\",\"state\":\"running\"}", 400),
                state("a field that is not known", "{\"state\":\"paused\",\"run\":\"x\"}", 400),
                state("a class", "{\"state\":[\"java.lang.Runtime\",{}]}", 400),
                state("a byte order mark", "\ufeff{\"state\":\"paused\"}", 400),
                state("a NUL", "{\"state\":\"paused\"}\0", 400),
                state("deep", "{\"state\":" + "[".repeat(100_000), 400),
                argumentSet(
                        "a run that was never queued",
                        "PUT",
                        "/v1/runs/none/state",
                        JSON,
                        json("{\"state\":\"paused\"}"),
                        404),
                argumentSet(
                        "a run above", "PUT", "/v1/runs/..%2f..%2fx/state", JSON, json("{\"state\":\"paused\"}"), 404));
    }

    @Test
    void aChunkedBodyWithoutEndIsCutOff() {
        byte[] chunk = new byte[1 << 20];
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(
                head("PUT", "/v1/streams/outside/batches/0", "Content-Type: " + BINARY, "Transfer-Encoding: chunked"));
        for (int i = 0; i < 12; i++) {
            request.writeBytes((Integer.toHexString(chunk.length) + "\r\n").getBytes(UTF_8));
            request.writeBytes(chunk);
            request.writeBytes("\r\n".getBytes(UTF_8));
        }

        RawHttp.Answer answer = RawHttp.send(ingest.port(), request.toByteArray());

        assertThat(answer.status()).as(answer.body()).isEqualTo(413);
        assertSaysNothingOfTheInside(answer);
    }

    @Test
    void aHeaderOf64KibibytesIsRefused() {
        byte[] request = head("GET", "/v1/streams", "X-Long: " + "x".repeat(64 << 10));

        RawHttp.Answer answer = RawHttp.send(ingest.port(), request);

        assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
        assertSaysNothingOfTheInside(answer);
    }

    @Test
    void aPathOf64KibibytesIsRefused() {
        RawHttp.Answer answer = RawHttp.send(ingest.port(), head("GET", "/v1/" + "x".repeat(64 << 10)));

        assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
        assertSaysNothingOfTheInside(answer);
    }

    @Test
    void whatIsNoHttpIsRefused() {
        byte[] request = new byte[4096];
        Arrays.fill(request, (byte) 0xfe);

        RawHttp.Answer answer =
                RawHttp.send(ingest.port(), (new String(request, ISO_8859_1) + "\r\n\r\n").getBytes(ISO_8859_1));

        assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
        assertSaysNothingOfTheInside(answer);
    }

    private static Arguments to(String name, String stream, String sequence, int status) {
        String path = "/v1/streams/" + stream + "/batches/" + sequence;
        return argumentSet(name, "PUT", path, JSON, json(BATCH.formatted("")), status);
    }

    private static Arguments batch(String name, String type, String body, int status) {
        return batch(name, type, body.getBytes(UTF_8), status);
    }

    private static Arguments batch(String name, String type, byte[] body, int status) {
        return argumentSet("batch: " + name, "PUT", "/v1/streams/outside/batches/0", type, body, status);
    }

    private static Arguments state(String name, String body, int status) {
        return argumentSet("state: " + name, "PUT", "/v1/runs/queued/state", JSON, json(body), status);
    }

    private static byte[] json(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] request(String method, String path, String header, int length, byte[] body) {
        byte[] head = head(method, path, header, "Content-Length: " + length);
        byte[] request = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    private static byte[] head(String method, String path, String... headers) {
        String lines = String.join("\r\n", headers);
        return "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n%s\r\n\r\n"
                .formatted(method, path, lines)
                .replace("\r\n\r\n\r\n", "\r\n\r\n")
                .getBytes(ISO_8859_1);
    }

    private static byte[] repeated(int times, int... pattern) {
        byte[] bytes = new byte[times * pattern.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) pattern[i % pattern.length];
        }
        return bytes;
    }

    /** 256 MB that take 256 kB. */
    private static byte[] bomb() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 256; i++) {
                gzip.write(zeros);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void assertSaysNothingOfTheInside(RawHttp.Answer answer) {
        assertThat(answer.body())
                .doesNotContain("Exception")
                .doesNotContain("dev.vaestream")
                .doesNotContain("java.")
                .doesNotContain("jackson")
                .doesNotContain("\tat ");
    }
}
