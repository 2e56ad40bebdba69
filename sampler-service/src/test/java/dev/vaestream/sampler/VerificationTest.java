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
import io.restassured.response.ValidatableResponse;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pictures sent back to the service that made them. */
@QuarkusTest
@WithTestResource(value = CheckpointServiceResource.class, initArgs = @ResourceArg(name = "golden", value = "true"))
class VerificationTest {
    FakeCheckpointService service;

    @BeforeEach
    void awaitTheModel() {
        Patience.await()
                .untilAsserted(() -> RestAssured.get("/q/health/ready").then().statusCode(200));
    }

    @Test
    void aPictureIsWhatItSays() {
        verified(picture("class=3&class=1&count=12&seed=5"))
                .statusCode(200)
                .body("holds", equalTo(true))
                .body("provenance.run", equalTo("golden"))
                .body("provenance.step", equalTo(2000))
                .body("provenance.classes", equalTo(List.of(3, 1)))
                .body("images", equalTo(List.of()));
    }

    @Test
    void aPictureOfOneImageIsWhatItSays() {
        verified(picture("class=3&index=25&seed=5"))
                .statusCode(200)
                .body("holds", equalTo(true))
                .body("provenance.firstIndex", equalTo(25));
    }

    @Test
    void aPictureOfACheckpointThatIsNotServedIsWhatItSays() {
        service.commit(Fixtures.goldenRun("old"), 500, Fixtures.goldenParams(3));

        verified(picture("class=3&count=2&run=old&checkpoint=500"))
                .statusCode(200)
                .body("holds", equalTo(true))
                .body("provenance.run", equalTo("old"));
    }

    @Test
    void aRetouchedImageIsNamed() throws IOException {
        byte[] picture = picture("class=3&class=1&count=4&seed=5");
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
        int before = image.getRaster().getSample(2 * 28 + 14, 28 + 14, 0);
        image.getRaster().setSample(2 * 28 + 14, 28 + 14, 0, before ^ 0x80);
        ByteArrayOutputStream retouched = new ByteArrayOutputStream();
        ImageIO.write(image, "png", retouched);

        verified(Png.withText(retouched.toByteArray(), text(picture)))
                .statusCode(200)
                .body("holds", equalTo(false))
                .body("images.size()", equalTo(1))
                .body("images[0].class", equalTo(1))
                .body("images[0].index", equalTo(2))
                .body("images[0].pixels", equalTo(1))
                .body("images[0].largest", equalTo(128));
    }

    @Test
    void aPictureThatNamesAnotherSeedDoesNotHold() {
        byte[] picture = picture("class=3&count=4&seed=5");
        SortedMap<String, String> text = new TreeMap<>(text(picture));
        text.put("vaestream.seed", "6");

        verified(renamed(picture, text))
                .statusCode(200)
                .body("holds", equalTo(false))
                .body("images.size()", equalTo(4));
    }

    @Test
    void aCheckpointThatIsGoneIsNamed() {
        byte[] picture = picture("class=3&count=1");
        SortedMap<String, String> text = new TreeMap<>(text(picture));
        text.put("vaestream.step", "1999");

        problem(verified(renamed(picture, text)), 404, "no-checkpoint", "There is no checkpoint golden/1999");
    }

    @Test
    void aPictureThatDoesNotSayWhereItComesFromIsRefused() throws IOException {
        ByteArrayOutputStream picture = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY), "png", picture);

        problem(verified(picture.toByteArray()), 400, "invalid-picture", "it has no text vaestream.run");
    }

    @Test
    void bytesThatAreNoPictureAreRefused() {
        problem(verified(new byte[] {1, 2, 3}), 400, "invalid-picture", "The 3 bytes do not begin as a PNG does");
    }

    @Test
    void nothingIsNoPicture() {
        problem(verified(new byte[0]), 400, "invalid-picture", "The 0 bytes do not begin as a PNG does");
    }

    @Test
    void aPictureThatIsCutAnywhereIsRefused() {
        byte[] picture = picture("class=3&count=1");

        for (int length = 1; length < picture.length; length += 37) {
            byte[] cut = new byte[length];
            System.arraycopy(picture, 0, cut, 0, length);
            problem(verified(cut), 400, "invalid-picture", "PNG");
        }
    }

    @Test
    void moreBytesThanAreReadAreRefused() {
        problem(verified(new byte[(2 << 20) + 1]), 413, "body-too-large", "The body has more than 2097152 bytes");
    }

    @Test
    void anotherMediaTypeIsRefused() {
        given().contentType("application/json")
                .body("{}")
                .post("/v1/verifications")
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
    }

    @Test
    void theApiDescribesItself() {
        given().accept("application/json")
                .get("/q/openapi")
                .then()
                .body("paths.'/v1/verifications'.post.requestBody.content.keySet()[0]", equalTo("image/png"));
    }

    private static byte[] picture(String query) {
        byte[] picture = RestAssured.get("/v1/samples?format=png&" + query).asByteArray();
        assertThat(text(picture)).containsKey("vaestream.run");
        return picture;
    }

    private static SortedMap<String, String> text(byte[] picture) {
        return Png.read(picture).text();
    }

    private static byte[] renamed(byte[] picture, SortedMap<String, String> text) {
        Png bare = new Png(Png.read(picture).chunks().stream()
                .filter(chunk -> !chunk.type().equals("tEXt"))
                .toList());
        return Png.withText(bare.write(), text);
    }

    private static ValidatableResponse verified(byte[] picture) {
        return given().contentType("image/png")
                .body(picture)
                .post("/v1/verifications")
                .then();
    }

    private static void problem(ValidatableResponse answer, int status, String type, String detail) {
        answer.statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo(type))
                .body("detail", containsString(detail));
    }
}
