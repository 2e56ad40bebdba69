package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(RunHttpTest.TwoStreams.class)
@WithTestResource(value = CheckpointServiceResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class RunHttpTest {
    @Inject
    RunBoard board;

    @TestHTTPResource
    URL address;

    @Test
    void aRunIsListedWithWhatItMeasuredLast() {
        board.add(Fixtures.window("listed", 100));

        RestAssured.get("/v1/runs")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("mayChange", equalTo(true))
                .body("runs.run", hasItem("listed"))
                .body("runs.find { it.run == 'listed' }.window.step", equalTo(100));
    }

    @Test
    void thePastComesFirstAndThenWhatHappens() throws IOException {
        board.add(Fixtures.window("followed", 100));
        try (BufferedReader stream = open("followed")) {
            String past = event(stream);
            board.add(Fixtures.window("followed", 200));
            String next = event(stream);

            assertThat(past).contains("\"type\":\"history\"").contains("\"step\":100");
            assertThat(next).contains("\"type\":\"window\"").contains("\"step\":200");
        }
    }

    @Test
    void oneStreamTooManyIsToComeAgainAndAClosedOneMakesRoom() throws IOException {
        List<BufferedReader> open = new ArrayList<>();
        try {
            Patience.await().untilAsserted(() -> assertThat(event(kept(open))).contains("history"));
            Patience.await().untilAsserted(() -> assertThat(event(kept(open))).contains("history"));

            RestAssured.get("/v1/runs/crowded/metrics")
                    .then()
                    .statusCode(429)
                    .header("Retry-After", "1")
                    .body("type", equalTo("busy"));
        } finally {
            for (BufferedReader stream : open) {
                stream.close();
            }
        }
        Patience.await().untilAsserted(() -> {
            try (BufferedReader stream = open("crowded")) {
                assertThat(event(stream)).contains("history");
            }
        });
    }

    @Test
    void aNameThatIsNoneIsNamed() {
        RestAssured.get("/v1/runs/No_Name/metrics")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", startsWith("run is 'No_Name'"));
    }

    private BufferedReader kept(List<BufferedReader> open) {
        BufferedReader stream = open("crowded");
        open.add(stream);
        return stream;
    }

    private BufferedReader open(String run) {
        try {
            URI uri = address.toURI().resolve("/v1/runs/%s/metrics".formatted(run));
            return new BufferedReader(new InputStreamReader(uri.toURL().openStream(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String event(BufferedReader stream) throws IOException {
        String line = stream.readLine();
        while (!line.startsWith("data:")) {
            line = stream.readLine();
        }
        return line;
    }

    /** So few that a test can have one too many. */
    public static final class TwoStreams implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("vaestream.page.max-streams", "2");
        }
    }
}
