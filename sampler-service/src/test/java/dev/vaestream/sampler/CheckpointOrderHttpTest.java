package dev.vaestream.sampler;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = CheckpointServiceResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class CheckpointOrderHttpTest {
    private static final String ALIAS = "/v1/runs/demo/aliases/production";

    FakeCheckpointService service;

    @Test
    void whatTheCheckpointServiceSaysIsPassedOn() {
        service.answer(ALIAS, 201, "{\"step\":500}".getBytes(UTF_8));

        given().contentType(ContentType.JSON)
                .body("{\"step\": 500}")
                .put(ALIAS)
                .then()
                .statusCode(201)
                .body("step", equalTo(500));
    }

    @Test
    void aRefusalIsPassedOnToo() {
        service.answer(ALIAS + "/rollback", 409, "{\"type\":\"no-previous\"}".getBytes(UTF_8));

        given().contentType(ContentType.JSON)
                .body("{}")
                .post(ALIAS + "/rollback")
                .then()
                .statusCode(409)
                .body("type", equalTo("no-previous"));
    }

    @Test
    void aCheckpointServiceThatFailsIsToBeAskedLater() {
        service.answer("/v1/runs/demo/checkpoints/500/verification", 500, new byte[0]);

        given().post("/v1/runs/demo/checkpoints/500/verification")
                .then()
                .statusCode(503)
                .header("Retry-After", "5")
                .body("type", equalTo("checkpoint-service-unavailable"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/runs/No Name/aliases/production | {\"step\": 1} | run is 'No Name'",
                "/v1/runs/demo/aliases/No Name | {\"step\": 1} | alias is 'No Name'",
                ALIAS + " | {\"step\": -1} | Field step: is -1",
                ALIAS + " | {\"step\": 1, \"more\": 2} | more",
                ALIAS + " | nothing | not valid JSON"
            })
    void whatIsWrongIsNamedAndGoesNoFurther(String path, String body, String said) {
        int before = service.requests().size();

        given().contentType(ContentType.JSON)
                .body(body)
                .put(path)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(said));

        assertThat(service.requests().subList(before, service.requests().size()))
                .noneMatch(asked -> asked.contains("aliases"));
    }

    @Test
    void aStepThatIsNoneIsNamed() {
        given().post("/v1/runs/demo/checkpoints/last/verification")
                .then()
                .statusCode(400)
                .body("detail", containsString("step is 'last'"));
    }

    @Test
    void aBodyThatIsTooLargeIsNotRead() {
        given().contentType(ContentType.JSON)
                .body(" ".repeat(20_000))
                .put(ALIAS)
                .then()
                .statusCode(413);
    }
}
