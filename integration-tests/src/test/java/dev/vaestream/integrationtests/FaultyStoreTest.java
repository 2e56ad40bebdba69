package dev.vaestream.integrationtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.integrationtests.StoreFault.Effect;
import dev.vaestream.integrationtests.StoreFault.Verb;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultyStoreTest extends S3Contract {
    private static final byte[] CONTENT = FaultyStore.utf8("content");

    @TempDir
    private Path directory;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private FaultyStore store;

    @BeforeEach
    void start() {
        store = new FaultyStore(directory);
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @Override
    URI bucket() {
        return URI.create(store.endpoint() + "/" + FaultyStore.BUCKET);
    }

    @Test
    void whatWasWrittenIsThereAfterARestart() throws Exception {
        put("runs/a/run.json");
        store.close();

        assertThat(new StoredFiles(directory).read("runs/a/run.json")).contains(CONTENT);
    }

    @Test
    void aFaultTakesTheRequestsThatItNamesSoOftenAsItSays() throws Exception {
        StoreFault fault = store.breaks(StoreFault.of(Verb.PUT, "^a", new Effect.Refuse(503, "SlowDown"))
                .after(1)
                .times(2));

        assertThat(List.of(put("b"), put("a1"), put("a2"), put("a3"), put("a4")))
                .containsExactly(200, 200, 503, 503, 200);
        assertThat(fault.hits()).isEqualTo(2);
        assertThat(store.files().list("")).containsExactly("a1", "a4", "b");
    }

    @Test
    void healedItKeepsEveryRule() throws Exception {
        store.breaks(StoreFault.of(Verb.ANY, "", new Effect.Refuse(500, "InternalError")));
        assertThat(put("a")).isEqualTo(500);

        store.heal();

        assertThat(put("a")).isEqualTo(200);
    }

    @Test
    void whatIsRefusedAfterwardsIsThere() throws Exception {
        store.breaks(StoreFault.of(Verb.PUT, "a", new Effect.ApplyThenRefuse(503, "SlowDown")));

        assertThat(put("a")).isEqualTo(503);
        assertThat(store.files().read("a")).contains(CONTENT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDroppedAnswerLeavesOpenWhatHappened(boolean applied) {
        store.breaks(StoreFault.of(Verb.PUT, "a", applied ? new Effect.ApplyThenDrop() : new Effect.Drop())
                .times(1));

        // The client may send a request again whose connection was closed without an answer, unless it has a condition.
        assertThatThrownBy(() -> send(put("a", CONTENT).header("If-None-Match", "*")))
                .isInstanceOf(IOException.class);
        assertThat(store.files().read("a").isPresent()).isEqualTo(applied);
    }

    @Test
    void hangingEndsWithHealing() throws Exception {
        store.breaks(StoreFault.of(Verb.GET, "a", new Effect.Hang()));

        assertThatThrownBy(() -> send(get("a").timeout(Duration.ofMillis(200)))).isInstanceOf(IOException.class);

        store.heal();
        assertThat(send(get("a")).statusCode()).isEqualTo(404);
    }

    @Test
    void aTruncatedAnswerPromisesMoreThanItHas() throws Exception {
        put("a");
        store.breaks(StoreFault.of(Verb.GET, "a", new Effect.Truncate()));

        assertThatThrownBy(() -> send(get("a"))).isInstanceOf(IOException.class);
    }

    @Test
    void aBitFlipsOnTheWayAndNotAtRest() throws Exception {
        put("a");
        store.breaks(StoreFault.of(Verb.GET, "a", new Effect.FlipBit()).times(1));

        byte[] flipped = send(get("a")).body();

        assertThat(flipped).hasSameSizeAs(CONTENT).isNotEqualTo(CONTENT);
        assertThat(send(get("a")).body()).isEqualTo(CONTENT);
    }

    @Test
    void whatRotsIsReadAsItIs() throws Exception {
        put("a");

        store.files().rot("a", FaultyStore.utf8("cont"));

        assertThat(send(get("a")).body()).isEqualTo(FaultyStore.utf8("cont"));
    }

    @Test
    void aTrickleArrives() throws Exception {
        put("a");
        store.breaks(StoreFault.of(Verb.GET, "a", new Effect.Trickle(3, 1)));

        assertThat(send(get("a")).body()).isEqualTo(CONTENT);
    }

    @Test
    void aStaleListLacksTheNewest() throws Exception {
        put("m/2");
        put("m/1");
        store.breaks(StoreFault.of(Verb.LIST, "m/", new Effect.StaleList()));

        String xml =
                new String(send(request("?list-type=2&prefix=m%2F")).body(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(xml).contains("m%2F2").doesNotContain("m%2F1");
    }

    @Test
    void aConditionCanBeIgnored() throws Exception {
        put("a");
        store.breaks(StoreFault.of(Verb.PUT, "", new Effect.IgnoreCondition()));

        assertThat(send(put("a", FaultyStore.utf8("other")).header("If-None-Match", "*"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(store.files().read("a")).contains(FaultyStore.utf8("other"));
    }

    @Test
    void aListenerSeesEveryChange() throws Exception {
        StringBuilder seen = new StringBuilder();
        store.files().listen(new StoredFiles.Listener() {
            @Override
            public void put(String key, Optional<byte[]> before, byte[] after) {
                seen.append(before.isPresent() ? "replaced " : "created ")
                        .append(key)
                        .append(". ");
            }

            @Override
            public void deleted(String key, byte[] before) {
                seen.append("deleted ").append(key).append(". ");
            }
        });

        put("a");
        put("a");
        send(request("/a").DELETE());

        assertThat(seen).hasToString("created a. replaced a. deleted a. ");
    }

    private int put(String key) throws IOException, InterruptedException {
        return send(put(key, CONTENT)).statusCode();
    }

    private HttpRequest.Builder put(String key, byte[] content) {
        return request("/" + key).PUT(BodyPublishers.ofByteArray(content));
    }

    private HttpRequest.Builder get(String key) {
        return request("/" + key);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(bucket() + path));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }
}
