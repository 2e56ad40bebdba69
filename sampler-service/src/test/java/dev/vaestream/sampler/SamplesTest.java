package dev.vaestream.sampler;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.Png;
import dev.vaestream.contracts.Safetensors;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.vae.Grey;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden checkpoint over HTTP, from the manifest to the picture. */
@QuarkusTest
@WithTestResource(value = CheckpointServiceResource.class, initArgs = @ResourceArg(name = "golden", value = "true"))
class SamplesTest {
    private static final int NPY_HEADER = 128;
    private static final String PARAMS = Sha256.of(Fixtures.goldenParams()).hex();

    @BeforeEach
    void awaitTheModel() {
        Patience.await()
                .untilAsserted(() -> RestAssured.get("/q/health/ready").then().statusCode(200));
    }

    @Test
    void thePictureHasARowOfTilesForEachClass() throws IOException {
        BufferedImage picture = picture("/v1/samples?count=7&seed=5");

        assertThat(picture.getWidth()).isEqualTo(7 * 28);
        assertThat(picture.getHeight()).isEqualTo(10 * 28);
    }

    @Test
    void theArrayIsWhatTheDecoderMakesOfTheSeed() {
        try (ImageDecoder decoder =
                new VaeDecoders().load(ModelSpec.DEFAULT, Safetensors.read(Fixtures.goldenParams()))) {
            float[] expected = decoder.decode(PrngKey.of(5).foldIn(3).foldIn(1).normal(32), new int[] {3});

            float[] values = npy("/v1/samples?class=3&count=2&seed=5&format=npy");

            assertThat(Arrays.copyOfRange(values, 784, 1568)).containsExactly(expected, Offset.offset(1e-5f));
        }
    }

    @Test
    void theThreeFormatsShowTheSameImages() throws IOException {
        float[] values = npy("/v1/samples?class=8&class=2&count=3&seed=1&format=npy");
        List<List<List<List<Float>>>> nested = RestAssured.get("/v1/samples?class=8&class=2&count=3&seed=1&format=json")
                .jsonPath()
                .getList("images");
        BufferedImage picture = picture("/v1/samples?class=8&class=2&count=3&seed=1");
        for (int row = 0; row < 2; row++) {
            for (int column = 0; column < 3; column++) {
                for (int y = 0; y < 28; y++) {
                    for (int x = 0; x < 28; x++) {
                        float value = values[((row * 3 + column) * 28 + y) * 28 + x];
                        assertThat(nested.get(row).get(column).get(y).get(x)).isEqualTo(value);
                        assertThat(picture.getRaster().getSample(column * 28 + x, row * 28 + y, 0))
                                .isEqualTo(Byte.toUnsignedInt(Grey.of(value)));
                    }
                }
            }
        }
    }

    @Test
    void anImageByItsIndexIsTheGridsTile() throws IOException {
        BufferedImage grid = picture("/v1/samples?class=3&count=15&seed=5");

        BufferedImage one = picture("/v1/samples?class=3&index=12&seed=5");

        assertThat(one.getWidth()).isEqualTo(28);
        assertThat(one.getHeight()).isEqualTo(28);
        assertThat(one.getRaster().getSamples(0, 0, 28, 28, 0, (int[]) null))
                .isEqualTo(grid.getRaster().getSamples(12 * 28, 0, 28, 28, 0, (int[]) null));
    }

    @Test
    void aPictureSaysWhereItComesFrom() {
        byte[] picture =
                RestAssured.get("/v1/samples?class=3&class=1&count=2&seed=5").asByteArray();

        assertThat(Png.read(picture).text())
                .containsEntry("Software", "vaestream")
                .containsEntry("vaestream.run", "golden")
                .containsEntry("vaestream.step", "2000")
                .containsEntry("vaestream.classes", "3,1")
                .containsEntry("vaestream.seed", "5")
                .containsEntry("vaestream.firstIndex", "0")
                .containsEntry("vaestream.count", "2")
                .containsEntry("vaestream.paramsDigest", PARAMS)
                .containsKeys("vaestream.specDigest", "vaestream.inputDigest");
    }

    @Test
    void theSameRequestHasTheSameBytes() {
        assertThat(RestAssured.get("/v1/samples?seed=9").asByteArray())
                .isEqualTo(RestAssured.get("/v1/samples?seed=9").asByteArray());
    }

    @Test
    void theJsonSaysWhatItIs() {
        RestAssured.get("/v1/samples?class=4&count=2&seed=11&format=json")
                .then()
                .statusCode(200)
                .body("run", equalTo("golden"))
                .body("step", equalTo(2000))
                .body("paramsDigest", equalTo(PARAMS))
                .body("seed", equalTo(11))
                .body("classes", equalTo(List.of(4)))
                .body("images[0].size()", equalTo(2))
                .body("images[0][0].size()", equalTo(28))
                .body("images[0][0][0].size()", equalTo(28));
    }

    @Test
    void everyAnswerNamesItsCheckpoint() {
        RestAssured.get("/v1/samples?count=1")
                .then()
                .header("Vaestream-Run", "golden")
                .header("Vaestream-Step", "2000")
                .header("Vaestream-Params-Digest", PARAMS)
                .header("Cache-Control", "no-cache, no-transform")
                .header("Vary", containsString("Accept"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*                                       | image/png",
                "image/*                                   | image/png",
                "application/json                          | application/json",
                "application/x-npy                         | application/x-npy",
                "image/png;q=0.5, application/json         | application/json",
                "application/xml, application/x-npy;q=0.1  | application/x-npy",
                "text/html, image/avif, image/webp, */*;q=0.8 | image/png"
            })
    void theAcceptHeaderChoosesTheFormat(String accept, String type) {
        given().header("Accept", accept)
                .get("/v1/samples?count=1&class=1")
                .then()
                .statusCode(200)
                .header("Content-Type", type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class=3&index=0&seed=7",
                "class=3&index=123&seed=7&format=npy",
                "count=1&format=json",
                "class=1&class=2&count=3",
                "checkpoint=2000&class=4&count=2",
                "run=golden&class=4&count=2"
            })
    void whoeverAnswersAnswersTheSame(String query) {
        Response prompt = RestAssured.get("/v1/samples?" + query);
        // A client with likes of its own is handed on.
        Response resource =
                given().header("Accept", "image/png, application/*;q=0.5").get("/v1/samples?" + query);

        assertThat(prompt.asByteArray()).isEqualTo(resource.asByteArray());
        for (String header : List.of(
                "Content-Type",
                "ETag",
                "Vary",
                "Cache-Control",
                "Vaestream-Run",
                "Vaestream-Step",
                "Vaestream-Params-Digest")) {
            assertThat(prompt.header(header)).as(header).isEqualTo(resource.header(header));
        }
    }

    @Test
    void theFormatParameterOutweighsTheAcceptHeader() {
        given().header("Accept", "application/xml")
                .get("/v1/samples?count=1&format=npy")
                .then()
                .statusCode(200)
                .header("Content-Type", "application/x-npy");
    }

    @Test
    void aClientThatAcceptsNoneOfTheFormatsIsTold() {
        given().header("Accept", "application/xml")
                .get("/v1/samples")
                .then()
                .statusCode(406)
                .contentType("application/problem+json")
                .body("type", equalTo("not-acceptable"))
                .body("detail", equalTo("The client accepts none of image/png, application/json, application/x-npy"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count=0            | count is '0'; it must be a whole number from 1 to 100",
                "count=101          | count is '101'; it must be a whole number from 1 to 100",
                "count=1000000000   | count is '1000000000'; it must be a whole number from 1 to 100",
                "count=-1           | count is '-1'; it must be a whole number from 1 to 100",
                "count=1.5          | count is '1.5'; it must be a whole number from 1 to 100",
                "count=             | count is ''; it must be a whole number from 1 to 100",
                "count              | count is ''; it must be a whole number from 1 to 100",
                "count=1&count=1    | count is given 2 times; give it once",
                "class=11           | class is '11'; it must be a whole number from 0 to 9",
                "class=1&class=1    | class 1 is given twice; give each class once",
                "class=a            | class is 'a'; it must be a whole number from 0 to 2147483647",
                "index=1            | index is '1' and 0 classes are named; give one, as an index is one image",
                "class=1&index=a    | index is 'a'; it must be a whole number from 0 to 999999999",
                "class=1&index=-1   | index is '-1'; it must be a whole number from 0 to 999999999",
                "class=1&index=1&count=1 | index is '1' and count is there too; an index is one image",
                "seed=abc           | seed is 'abc'; it must be a whole number from 0 to 4294967295",
                "seed=4294967296    | seed is '4294967296'; it must be a whole number from 0 to 4294967295",
                "seed=-1            | seed is '-1'; it must be a whole number from 0 to 4294967295",
                "seed=1&seed=2      | seed is given 2 times; give it once",
                "run=               | run is ''; it must be 1 to 63 lower-case letters, digits and inner dashes",
                "run=a&run=b        | run is given 2 times; give it once",
                "checkpoint=../b    | checkpoint is '../b'; it must be 1 to 63 lower-case letters, digits and inner dashes",
                "checkpoint=-1      | checkpoint is '-1'; it must be 1 to 63 lower-case letters, digits and inner dashes",
                "checkpoint=1.5     | checkpoint is '1.5'; it must be 1 to 63 lower-case letters, digits and inner dashes",
                "format=gif         | format is 'gif'; it must be png, json or npy",
                "format=png&format=npy | format is given 2 times; give it once",
                "clas=1             | There is no parameter 'clas'; there are checkpoint, class, count, digest, format, index, run, seed"
            })
    void aBadQueryIsRefusedWithWhatIsAccepted(String query, String detail) {
        RestAssured.get("/v1/samples?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("invalid-parameter"))
                .body("detail", equalTo(detail));
    }

    @ParameterizedTest
    @ValueSource(strings = {"seed=%zz", "seed=%", "seed=%ff", "seed=%00", "%00=1", "seed=1%0d%0aX:y"})
    void aQueryThatCannotBeDecodedIsTheClientsFault(String query) throws IOException {
        assertThat(RawHttp.status(RestAssured.port, "GET /v1/samples?" + query)).isEqualTo(400);
    }

    @Test
    void aCopyThatIsStillGoodIsNotSentAgain() {
        String tag = RestAssured.get("/v1/samples?count=2").header("ETag");

        given().header("If-None-Match", tag)
                .get("/v1/samples?count=2")
                .then()
                .statusCode(304)
                .header("ETag", tag)
                .header("Vaestream-Step", "2000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"count=3", "count=2&seed=1", "count=2&class=1", "count=2&format=npy", "class=1&index=1"})
    void anotherRequestHasAnotherTag(String query) {
        String tag = RestAssured.get("/v1/samples?count=2").header("ETag");

        RestAssured.get("/v1/samples?" + query).then().header("ETag", not(tag));
    }

    @Test
    void whoAsksForNoBodyTakesNoRoom() {
        for (int i = 0; i < 5; i++) {
            RestAssured.head("/v1/samples?count=100").then().statusCode(200);
        }
    }

    @Test
    void whoGoesAwayTakesNoRoom() throws IOException {
        for (int i = 0; i < 5; i++) {
            RawHttp.abandon(RestAssured.port, "GET /v1/samples?count=100&format=json");
        }

        Patience.await()
                .untilAsserted(
                        () -> RestAssured.get("/v1/samples?count=100").then().statusCode(200));
    }

    @Test
    void theModelSaysWhereItComesFrom() {
        RestAssured.get("/v1/model")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("run", equalTo("golden"))
                .body("step", equalTo(2000))
                .body("steps", equalTo(37_500))
                .body("paramsDigest", equalTo(PARAMS))
                .body("losses.loss", equalTo(20.5f))
                .body("losses.mse", equalTo(17.25f))
                .body("losses.kl", equalTo(6.5f))
                .body("classes", equalTo(10))
                .body("latentDim", equalTo(32))
                .body("shape.height", equalTo(28))
                .body("committedAt", equalTo("2026-11-01T12:33:20Z"));
    }

    @Test
    void readinessNamesTheCheckpoint() {
        RestAssured.get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'model' }.data.checkpoint", equalTo("golden/2000"));
    }

    @ParameterizedTest
    @CsvSource({"POST, /v1/samples, 405", "DELETE, /v1/model, 405", "GET, /v1/nothing, 404", "GET, /v1/samples/1, 404"})
    void whatIsNotThereIsAProblemToo(String method, String path, int status) {
        Response response = given().request(method, path);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.contentType()).startsWith("application/problem+json");
        assertThat(response.asString()).doesNotContain("vaestream.sampler", "Exception");
    }

    @Test
    void aDigestLeadsToItsLineage() {
        RestAssured.get("/v1/lineage/" + PARAMS)
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("generations[0].run", equalTo("golden"))
                .body("generations[0].step", equalTo(2000))
                .body("generations[0].spec.stream", equalTo("mnist"))
                .body("generations[0].input.topic", equalTo("batches.mnist"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "abc            | 400 | digest is 'abc'; it must be 64 lower-case hexadecimal digits",
                "abc?run=A      | 400 | digest is 'abc'; it must be 64 lower-case hexadecimal digits",
                "abc?ran=a      | 400 | There is no parameter 'ran'; there are run",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855?run=nowhere | 404 | There is no run nowhere"
            })
    void aLineageThatCannotBeIsRefusedWithWhatIsWrong(String path, int status, String detail) {
        RestAssured.get("/v1/lineage/" + path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("detail", equalTo(detail));
    }

    @Test
    void theImagesAreCounted() {
        RestAssured.get("/v1/samples?class=1&count=3");

        RestAssured.get("/q/metrics").then().body(containsString("vaestream_sampler_images_total"));
    }

    @Test
    void theApiDescribesItself() {
        given().accept("application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body(
                        "paths.'/v1/samples'.get.parameters.name.sort()",
                        equalTo(List.of("checkpoint", "class", "count", "digest", "format", "index", "run", "seed")))
                .body(
                        "paths.'/v1/samples'.get.responses.'200'.content.keySet().sort()",
                        equalTo(List.of("application/json", "application/x-npy", "image/png")))
                .body(
                        "paths.'/v1/reconstructions'.post.requestBody.content.keySet().sort()",
                        equalTo(List.of("application/json", "image/png")))
                .body(
                        "paths.'/v1/interpolations'.post.responses.'200'.content.keySet().sort()",
                        equalTo(List.of("application/json", "application/x-npy", "image/gif", "image/png")))
                .body(
                        "paths.'/v1/latents/{class}'.get.parameters.name.sort()",
                        equalTo(List.of("checkpoint", "class", "run")))
                .body("paths.'/v1/model'.get.responses.keySet()", hasItem("503"));
    }

    private static BufferedImage picture(String path) throws IOException {
        Response response = RestAssured.get(path);
        assertThat(response.contentType()).isEqualTo("image/png");
        return ImageIO.read(new ByteArrayInputStream(response.asByteArray()));
    }

    private static float[] npy(String path) {
        byte[] file = RestAssured.get(path).asByteArray();
        float[] values = new float[(file.length - NPY_HEADER) / Float.BYTES];
        ByteBuffer.wrap(file, NPY_HEADER, file.length - NPY_HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }
}
