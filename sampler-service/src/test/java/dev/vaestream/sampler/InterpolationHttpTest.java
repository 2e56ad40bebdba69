package dev.vaestream.sampler;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.vaestream.contracts.Png;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = CheckpointServiceResource.class, initArgs = @ResourceArg(name = "golden", value = "true"))
class InterpolationHttpTest {
    private static final String BETWEEN = "{'from':{'class':3,'seed':5},'to':{'class':8,'seed':5},'steps':12}";

    @BeforeEach
    void awaitTheModel() {
        Patience.await()
                .untilAsserted(() -> RestAssured.get("/q/health/ready").then().statusCode(200));
    }

    @Test
    void thePictureHasARowForEachClassAndAColumnForEachStep() throws IOException {
        Response response = post("/v1/interpolations", BETWEEN);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.contentType()).isEqualTo("image/png");
        assertThat(response.header("Vaestream-Step")).isEqualTo("2000");
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(response.asByteArray()));
        assertThat(picture.getWidth()).isEqualTo(12 * 28);
        assertThat(picture.getHeight()).isEqualTo(2 * 28);
    }

    @Test
    void thePictureSaysWhereItComesFrom() {
        assertThat(Png.read(post("/v1/interpolations", BETWEEN).asByteArray()).text())
                .containsEntry("vaestream.run", "golden")
                .containsEntry("vaestream.step", "2000")
                .containsKeys("vaestream.specDigest", "vaestream.inputDigest")
                .containsKey("vaestream.interpolation");
    }

    @Test
    void anAnimationHasAFrameForEachStepAndARowForEachClass() throws IOException {
        Response response = post("/v1/interpolations?format=gif", BETWEEN);

        assertThat(response.contentType()).isEqualTo("image/gif");
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(response.asByteArray())));
        assertThat(reader.getNumImages(true)).isEqualTo(12);
        assertThat(reader.getWidth(11)).isEqualTo(28);
        assertThat(reader.getHeight(11)).isEqualTo(2 * 28);
    }

    @Test
    void theValuesAreNestedByClassStepAndLine() {
        post("/v1/interpolations?format=json", BETWEEN)
                .then()
                .statusCode(200)
                .body("classes", equalTo(List.of(3, 8)))
                .body("images[1].size()", equalTo(12))
                .body("images[1][11].size()", equalTo(28));
    }

    @Test
    void betweenTwoImagesTheEndsAreTheirReconstructions() {
        String black = "[0" + ",0".repeat(783) + "]";
        String white = "[1" + ",1".repeat(783) + "]";
        List<List<List<Float>>> reconstructions = post(
                        "/v1/reconstructions?class=3&format=json", "{'images':[" + black + "," + white + "]}")
                .jsonPath()
                .getList("images.collect { it.classes[0].reconstruction }");

        List<List<List<Float>>> between = post(
                        "/v1/interpolations?format=json",
                        "{'from':{'class':3,'image':" + black + "},'to':{'class':3,'image':" + white
                                + "},'steps':5,'path':'linear'}")
                .jsonPath()
                .getList("images[0]");

        assertThat(between.get(0)).isEqualTo(reconstructions.get(0));
        assertThat(between.get(4)).isEqualTo(reconstructions.get(1));
    }

    @Test
    void theSameRequestHasTheSameBytes() {
        assertThat(post("/v1/interpolations", BETWEEN).asByteArray())
                .isEqualTo(post("/v1/interpolations", BETWEEN).asByteArray());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{                                                            | invalid-json      | JSON",
                "{'from':{'class':10},'to':{'class':1},'steps':2}             | invalid-parameter | class is '10'",
                "{'from':{'class':1,'latent':[1]},'to':{'class':1},'steps':2} | invalid-parameter | the model has 32 dimensions"
            })
    void whatCannotBeDrawnIsRefusedWithWhatIsWrong(String json, String type, String detail) {
        post("/v1/interpolations", json)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo(type))
                .body("detail", containsString(detail));
    }

    @Test
    void aCheckpointThatIsNotThereIsNamed() {
        post("/v1/interpolations?checkpoint=1", BETWEEN).then().statusCode(404).body("type", equalTo("no-checkpoint"));
    }

    private static Response post(String path, String json) {
        return given().contentType("application/json")
                .body(json.replace('\'', '"'))
                .post(path);
    }
}
