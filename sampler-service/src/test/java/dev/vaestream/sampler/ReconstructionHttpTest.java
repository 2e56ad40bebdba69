package dev.vaestream.sampler;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.vaestream.contracts.Png;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The golden checkpoint, which is sent its own samples. */
@QuarkusTest
@WithTestResource(value = CheckpointServiceResource.class, initArgs = @ResourceArg(name = "golden", value = "true"))
class ReconstructionHttpTest {
    private static final String ALL_BLACK = "{\"images\":[[0" + ",0".repeat(783) + "]]}";

    @BeforeEach
    void awaitTheModel() {
        Patience.await()
                .untilAsserted(() -> RestAssured.get("/q/health/ready").then().statusCode(200));
    }

    @Test
    void aSampleOfAClassIsNearestToIt() {
        byte[] sample = sample("class=0&count=1&seed=3");

        Response response = postPng("?format=json", sample);

        response.then()
                .statusCode(200)
                .header("Vaestream-Step", "2000")
                .header("Vaestream-Class", "0")
                .body("run", equalTo("golden"))
                .body("klWeight", equalTo(0.5f))
                .body("images.size()", equalTo(1))
                .body("images[0].nearestClass", equalTo(0))
                .body("images[0].mean.size()", equalTo(32))
                .body("images[0].classes.collect { it['class'] }", equalTo(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)))
                .body("images[0].classes[9].reconstruction.size()", equalTo(28));
        float loss = response.jsonPath().getFloat("images[0].classes[0].loss");
        float mse = response.jsonPath().getFloat("images[0].classes[0].mse");
        float kl = response.jsonPath().getFloat("images[0].classes[0].kl");
        assertThat(loss).isCloseTo(mse + 0.5f * kl, within(1e-3f));
    }

    @Test
    void thePictureHasARowForEachImageAndAColumnForEachClass() throws IOException {
        Response response = postPng("", sample("class=1&class=7&count=3"));

        assertThat(response.contentType()).isEqualTo("image/png");
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(response.asByteArray()));
        assertThat(picture.getWidth()).isEqualTo(10 * 28);
        assertThat(picture.getHeight()).isEqualTo(6 * 28);
        assertThat(response.header("Vaestream-Loss").split(",")).hasSize(6);
    }

    @Test
    void aPictureOfOneImageAndClassIsItsReconstructionAndSaysItsLoss() throws IOException {
        Response response = postPng("?class=4", sample("class=4&count=1"));

        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(response.asByteArray()));
        assertThat(picture.getWidth()).isEqualTo(28);
        assertThat(picture.getHeight()).isEqualTo(28);
        assertThat(Png.read(response.asByteArray()).text())
                .containsEntry("vaestream.run", "golden")
                .containsKeys("vaestream.specDigest", "vaestream.inputDigest")
                .extractingByKey("vaestream.reconstructions")
                .asString()
                .contains("\"class\":4", "\"loss\":" + response.header("Vaestream-Loss"));
    }

    @Test
    void anImageIsTheSameAsJsonAndAsPicture() throws IOException {
        ByteArrayOutputStream black = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY), "png", black);

        assertThat(postPng("?format=json", black.toByteArray()).asString())
                .isEqualTo(postJson("?format=json", ALL_BLACK).asString());
    }

    @Test
    void aNamedClassIsTheOnlyOneThatIsTried() {
        postJson("?class=6&format=json", ALL_BLACK)
                .then()
                .body("images[0].classes.collect { it['class'] }", equalTo(List.of(6)))
                .body("images[0].nearestClass", nullValue());
    }

    @Test
    void theArrayHasAllImagesAndClasses() {
        assertThat(postJson("?format=npy", ALL_BLACK).asByteArray()).hasSize(128 + 10 * 784 * Float.BYTES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?class=10       | invalid-parameter | class is '10'; it must be a whole number from 0 to 9",
                "?class=-1       | invalid-parameter | class is '-1'",
                "?class=1&class=2 | invalid-parameter | class is given 2 times",
                "?format=gif     | invalid-parameter | format is 'gif'; it must be png, json or npy",
                "?seed=1         | invalid-parameter | There is no parameter 'seed'; there are checkpoint, class, format, run"
            })
    void aBadQueryIsRefusedWithWhatIsAccepted(String query, String type, String detail) {
        assertProblem(postJson(query, ALL_BLACK), type, detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{                      | invalid-json      | JSON",
                "{'images':[[0]]}       | invalid-parameter | image has 1 pixels; the model's have 784, 28x28",
                "{'images':[]}          | invalid-json      | images: is empty",
                "{'images':[[2]]}       | invalid-json      | images[0]: pixel 0 is 2.0; it must be 0 to 1",
                "{'images':[[1e40]]}    | invalid-json      | pixel 0 is Infinity",
                "{'images':[['a']]}     | invalid-json      | images[0]",
                "{'images':[[0]],'a':1} | invalid-json      | a"
            })
    void whatIsNoImageIsRefused(String json, String type, String detail) {
        assertProblem(postJson("", json.replace('\'', '"')), type, detail);
    }

    @Test
    void aPictureThatIsNotMadeOfTheModelsImagesIsRefused() throws IOException {
        ByteArrayOutputStream small = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(27, 28, BufferedImage.TYPE_BYTE_GRAY), "png", small);

        assertProblem(
                postPng("", small.toByteArray()),
                "invalid-picture",
                "The picture is 27 wide and 28 high; it must be made of images of 28x28");
    }

    @Test
    void aPictureInColourIsRefused() throws IOException {
        ByteArrayOutputStream colour = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(28, 28, BufferedImage.TYPE_INT_RGB), "png", colour);

        assertProblem(postPng("", colour.toByteArray()), "invalid-picture", "not 8-bit grey");
    }

    @Test
    void whatIsNoPictureIsRefused() {
        assertProblem(postPng("", new byte[] {1, 2, 3}), "invalid-picture", "The 3 bytes do not begin as a PNG does");
    }

    @Test
    void moreImagesThanAreTakenAreRefused() {
        assertProblem(
                postJson("", "{\"images\":[[0]" + ",[0]".repeat(100) + "]}"),
                "invalid-parameter",
                "101 images are sent; a request is for 100 at most");
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        postPng("", new byte[(2 << 20) + 1]).then().statusCode(413).body("type", equalTo("body-too-large"));
    }

    @Test
    void aBodyOfAnotherTypeIsRefused() {
        given().contentType("text/plain")
                .body("0")
                .post("/v1/reconstructions")
                .then()
                .statusCode(415);
    }

    @Test
    void noBodyIsRefused() {
        given().contentType("application/json")
                .post("/v1/reconstructions")
                .then()
                .statusCode(400);
    }

    @Test
    void noTypeIsRefused() throws IOException {
        assertThat(RawHttp.status(RestAssured.port, "POST /v1/reconstructions")).isEqualTo(415);
    }

    @Test
    void aCheckpointThatIsNotThereIsNamed() {
        postJson("?checkpoint=1", ALL_BLACK).then().statusCode(404).body("type", equalTo("no-checkpoint"));
    }

    private static byte[] sample(String query) {
        return RestAssured.get("/v1/samples?" + query).asByteArray();
    }

    private static Response postPng(String query, byte[] png) {
        return given().contentType("image/png").body(png).post("/v1/reconstructions" + query);
    }

    private static Response postJson(String query, String json) {
        return given().contentType("application/json").body(json).post("/v1/reconstructions" + query);
    }

    private static void assertProblem(Response response, String type, String detail) {
        response.then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo(type))
                .body("detail", containsString(detail));
    }
}
