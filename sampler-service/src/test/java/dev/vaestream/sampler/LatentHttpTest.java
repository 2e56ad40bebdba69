package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = CheckpointServiceResource.class, initArgs = @ResourceArg(name = "golden", value = "true"))
class LatentHttpTest {
    @BeforeEach
    void awaitTheModel() {
        Patience.await()
                .untilAsserted(() -> RestAssured.get("/q/health/ready").then().statusCode(200));
    }

    @Test
    void aClassLiesSomewhereInEveryDimension() {
        JsonPath json = RestAssured.get("/v1/latents/3")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("run", equalTo("golden"))
                .body("step", equalTo(2000))
                .body("'class'", equalTo(3))
                // So many threes are among the test images.
                .body("latents.images", equalTo(1010))
                .body("latents.mean.size()", equalTo(32))
                .body("latents.standardDeviation.size()", equalTo(32))
                .extract()
                .jsonPath();

        List<Float> strength = json.getList("latents.strength", Float.class);
        assertThat(json.getList("latents.strongest", Integer.class).stream().map(strength::get))
                .hasSize(32)
                .isSortedAccordingTo(Comparator.reverseOrder());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10            | 400 | class is '10'; it must be a whole number from 0 to 9",
                "-1            | 400 | class is '-1'",
                "three         | 400 | class is 'three'",
                "3?clas=1      | 400 | There is no parameter 'clas'; there are checkpoint, run",
                "3?run=A       | 400 | run is 'A'",
                "3?checkpoint=1 | 404 | golden/1"
            })
    void whatIsNotThereIsRefusedWithWhatIsWrong(String path, int status, String detail) {
        RestAssured.get("/v1/latents/" + path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("detail", containsString(detail));
    }
}
