package dev.vaestream.sampler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Beside golden/2000, which is served; Kafka, ingest and trainer are away. */
@QuarkusTest
@TestProfile(PipelineHttpTest.NobodyElse.class)
@WithTestResource(value = CheckpointServiceResource.class, initArgs = @ResourceArg(name = "golden", value = "true"))
class PipelineHttpTest {
    FakeCheckpointService service;

    @BeforeEach
    void awaitTheModel() {
        Patience.await()
                .untilAsserted(() -> RestAssured.get("/q/health/ready").then().statusCode(200));
    }

    @Test
    void whatIsAwayIsDownAndTheRestIsTold() {
        RestAssured.get("/v1/pipeline")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("run", equalTo("golden"))
                .body("ingest.condition.state", equalTo("down"))
                .body("ingest.condition.problems[0]", equalTo("does not answer at http://127.0.0.1:1"))
                .body("kafka.condition.state", equalTo("down"))
                .body("trainer.condition.state", equalTo("down"))
                .body("trainer.consumed", equalTo(2000))
                .body("checkpoint.step", equalTo(2000))
                .body("sampler.condition.state", equalTo("up"))
                .body("sampler.step", equalTo(2000));
    }

    @Test
    void aServiceThatIsNotReadySaysWhy() {
        String health = """
                {"status": "DOWN", "checks": [
                  {"name": "object storage", "status": "DOWN", "data": {"reason": "the bucket is gone"}},
                  {"name": "events", "status": "UP", "data": {"waiting": 0}}]}
                """;
        service.answer("/q/health/ready", 503, health.getBytes(UTF_8));

        RestAssured.get("/v1/pipeline")
                .then()
                .body("checkpoint.condition.state", equalTo("troubled"))
                .body("checkpoint.condition.problems[0]", equalTo("object storage: the bucket is gone"));
    }

    @Test
    void aServiceThatHangsHoldsNothingUp() {
        service.hang("/q/health/ready");

        RestAssured.get("/v1/pipeline").then().statusCode(200).body("checkpoint.condition.state", equalTo("down"));
    }

    @Test
    void aRunThatIsNoNameIsNamed() {
        RestAssured.get("/v1/pipeline?run=No_Name")
                .then()
                .statusCode(400)
                .body("detail", startsWith("run is 'No_Name'"));
    }

    /** No service but the fake one answers. */
    public static final class NobodyElse implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "vaestream.page.ingest-service", "http://127.0.0.1:1",
                    "vaestream.page.trainer-service", "http://127.0.0.1:1",
                    "vaestream.page.look-timeout", "300ms",
                    "kafka.bootstrap.servers", "127.0.0.1:1");
        }
    }
}
