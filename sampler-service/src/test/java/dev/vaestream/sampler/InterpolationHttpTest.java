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
import javax.imageio.ImageIO;
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
                .containsKey("vaestream.interpolation");
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
