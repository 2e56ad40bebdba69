package dev.vaestream.sampler;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = CheckpointServiceResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class NoModelTest {
    @BeforeEach
    void awaitTheFirstLook() {
        Patience.await()
                .untilAsserted(() -> RestAssured.get("/q/health/ready")
                        .then()
                        .body(
                                "checks.find { it.name == 'model' }.data.reason",
                                equalTo("none has been committed yet")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/samples", "/v1/samples?format=json", "/v1/samples?checkpoint=best", "/v1/model"})
    void aRequestIsToldToComeAgain(String path) {
        RestAssured.get(path)
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", "5")
                .body("type", equalTo("no-model"))
                .body("status", equalTo(503))
                .body("title", equalTo("No checkpoint has been loaded yet"))
                .body("detail", equalTo("No checkpoint is served yet: none has been committed yet"));
    }

    @Test
    void aBadQueryIsBadWithoutAModelToo() {
        RestAssured.get("/v1/samples?count=0").then().statusCode(400);
    }

    @Test
    void theServiceIsNotReady() {
        RestAssured.get("/q/health/ready").then().statusCode(503).body("status", equalTo("DOWN"));
    }

    @Test
    void theServiceIsAlive() {
        RestAssured.get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/page.css", "/page.js", "/run.js", "/sampler.js"})
    void thePagesFilesAreAskedForAnew(String path) {
        RestAssured.get(path).then().statusCode(200).header("Cache-Control", "no-cache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page.css", "/page.js", "/run.js", "/chart.js", "/sampler.js"})
    void thePageNamesNoOtherHost(String path) {
        String links = RestAssured.get(path).asString().replace("http://www.w3.org/2000/svg", "");

        assertThat(links).doesNotContain("http:", "https:", "\"//", "'//", "(//");
    }

    @Test
    void whatThePageTakesFromALibraryIsThere() {
        String page = RestAssured.get("/").asString();
        var links =
                Pattern.compile("\"(webjars/[^\"]+)\"").matcher(page).results().toList();

        assertThat(links)
                .isNotEmpty()
                .allSatisfy(link -> RestAssured.get("/" + link.group(1)).then().statusCode(200));
    }

    @Test
    void thePageIsThere() {
        given().accept(ContentType.HTML)
                .get("/")
                .then()
                .statusCode(200)
                .contentType(ContentType.HTML)
                .body(containsString("vaestream"));
    }
}
