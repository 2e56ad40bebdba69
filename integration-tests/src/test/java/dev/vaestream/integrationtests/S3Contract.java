package dev.vaestream.integrationtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What checkpoints need of an S3, on the wire. */
abstract class S3Contract {
    private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** A bucket without objects, at its path. */
    abstract URI bucket();

    @Test
    void whatIsPutIsReadBackBitForBit() {
        byte[] blob = new byte[3_000_001];
        new Random(1).nextBytes(blob);

        assertThat(put("blobs/large", blob).statusCode()).isEqualTo(200);

        assertThat(get("blobs/large").body()).isEqualTo(blob);
    }

    @Test
    void aPutReplaces() {
        put("a", bytes("first"));
        put("a", bytes("second"));

        assertThat(get("a").body()).isEqualTo(bytes("second"));
    }

    @Test
    void aTakenKeyKeepsItsContent() {
        assertThat(create("a", bytes("first"))).isTrue();
        assertThat(create("a", bytes("second"))).isFalse();

        assertThat(get("a").body()).isEqualTo(bytes("first"));
    }

    @Test
    void ofManyCreatesExactlyOneWins() throws Exception {
        int threads = 8;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 5; round++) {
                String key = "race/" + round;
                CyclicBarrier start = new CyclicBarrier(threads);
                List<Future<Boolean>> created = new ArrayList<>();
                for (int thread = 0; thread < threads; thread++) {
                    byte[] content = bytes("thread " + thread);
                    created.add(executor.submit(() -> {
                        start.await();
                        return create(key, content);
                    }));
                }
                List<Integer> winners = new ArrayList<>();
                for (int thread = 0; thread < threads; thread++) {
                    if (created.get(thread).get()) {
                        winners.add(thread);
                    }
                }
                assertThat(winners).hasSize(1);
                assertThat(get(key).body()).isEqualTo(bytes("thread " + winners.get(0)));
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void bytesWithAnotherChecksumAreNotTaken() {
        HttpResponse<byte[]> answer =
                send(put("a").header("x-amz-checksum-crc32c", FaultyStore.crc32c(bytes("content")))
                        .header("x-amz-sdk-checksum-algorithm", "CRC32C")
                        .PUT(BodyPublishers.ofByteArray(bytes("Content"))));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(get("a").statusCode()).isEqualTo(404);
    }

    @Test
    void aHeadHasTheSize() {
        put("a", new byte[70_000]);

        HttpResponse<byte[]> head = send(request("a").method("HEAD", BodyPublishers.noBody()));
        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(70_000);
        assertThat(head.headers().firstValue("Last-Modified")).isPresent();
        assertThat(head.headers().firstValue("ETag")).isPresent();
    }

    @Test
    void whatIsDeletedIsAbsentAndCanBeCreatedAgain() {
        create("a", bytes("1"));

        assertThat(delete("a")).isEqualTo(204);

        assertThat(get("a").statusCode()).isEqualTo(404);
        assertThat(new String(get("a").body(), StandardCharsets.UTF_8)).contains("<Code>NoSuchKey</Code>");
        assertThat(create("a", bytes("2"))).isTrue();
    }

    @Test
    void whatIsAbsentIsDeletedAlready() {
        assertThat(delete("a")).isEqualTo(204);
    }

    @Test
    void aListingHasEveryKeyUnderThePrefixInOrder() {
        for (String key : List.of("runs/b/run.json", "runs/a/run.json", "runs/a/writers/1.json", "blobs/0")) {
            create(key, bytes("{}"));
        }

        assertThat(list("runs/", "")).containsExactly("runs/a/run.json", "runs/a/writers/1.json", "runs/b/run.json");
        assertThat(list("runs/absent/", "")).isEmpty();
    }

    @Test
    void aListingGoesOnWhereItWasCut() {
        for (String key : List.of("m/1", "m/2", "m/3")) {
            create(key, bytes("1"));
        }

        assertThat(list("m/", "&max-keys=2")).containsExactly("m/1", "m/2");
        assertThat(list("m/", "&max-keys=2&start-after=m%2F2")).containsExactly("m/3");
    }

    private List<String> list(String prefix, String more) {
        HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(
                URI.create(bucket() + "?list-type=2&prefix=" + prefix.replace("/", "%2F") + more)));
        assertThat(answer.statusCode()).isEqualTo(200);
        return KEY.matcher(new String(answer.body(), StandardCharsets.UTF_8))
                .results()
                .map(match -> match.group(1).replace("%2F", "/"))
                .toList();
    }

    private boolean create(String key, byte[] content) {
        int status = send(put(key).header("If-None-Match", "*").PUT(BodyPublishers.ofByteArray(content)))
                .statusCode();
        // A loser of a race may be told of the conflict in place of its outcome.
        assertThat(status).isIn(200, 409, 412);
        return status == 200;
    }

    private HttpResponse<byte[]> put(String key, byte[] content) {
        return send(put(key).PUT(BodyPublishers.ofByteArray(content)));
    }

    private HttpResponse<byte[]> get(String key) {
        return send(request(key));
    }

    private int delete(String key) {
        return send(request(key).DELETE()).statusCode();
    }

    private HttpRequest.Builder put(String key) {
        return request(key).header("Content-Type", "application/octet-stream");
    }

    private HttpRequest.Builder request(String key) {
        return HttpRequest.newBuilder(URI.create(bucket() + "/" + key));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static byte[] bytes(String text) {
        return FaultyStore.utf8(text);
    }
}
