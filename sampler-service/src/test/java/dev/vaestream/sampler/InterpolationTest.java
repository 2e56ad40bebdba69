package dev.vaestream.sampler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Json;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On the tiny model of three classes and two latent dimensions, whose images show the first of them. */
class InterpolationTest {
    private static final Offset<Float> PLACE = Offset.offset(1e-3f);

    private final Model model =
            new Model(Fixtures.tinyCheckpoint("demo", 1), new FakeDecoder(Fixtures.TINY, 0), Fixtures.NOON);

    @Test
    void theImagesGoFromOneEndToTheOther() {
        Tiles tiles =
                drawn("{'from':{'class':1,'latent':[1,0]},'to':{'class':1,'latent':[3,0]},'steps':3,'path':'linear'}");

        assertThat(tiles.rows()).isEqualTo(1);
        assertThat(tiles.columns()).isEqualTo(3);
        assertThat(first(tiles, 0, 0)).isCloseTo(1 + 1, PLACE);
        assertThat(first(tiles, 0, 1)).isCloseTo(1 + 2, PLACE);
        assertThat(first(tiles, 0, 2)).isCloseTo(1 + 3, PLACE);
    }

    @Test
    void eachEndsClassIsARow() {
        Tiles tiles = drawn("{'from':{'class':2,'latent':[1,0]},'to':{'class':0,'latent':[3,0]},'steps':2}");

        assertThat(tiles.rows()).isEqualTo(2);
        assertThat(first(tiles, 0, 1)).isCloseTo(2 + 3, PLACE);
        assertThat(first(tiles, 1, 1)).isCloseTo(0 + 3, PLACE);
    }

    @Test
    void anEndIsTheSampleOfItsClassSeedAndIndex() {
        Tiles tiles = drawn("{'from':{'class':1,'seed':9,'index':13},'to':{'class':1},'steps':2}");

        Samples from = Sampler.draw(model, new SampleRequest(List.of(1), 13, 1, 9));
        Samples to = Sampler.draw(model, new SampleRequest(List.of(1), 1, 0));
        assertThat(first(tiles, 0, 0)).isCloseTo(from.values()[0], PLACE);
        assertThat(first(tiles, 0, 1)).isCloseTo(to.values()[0], PLACE);
    }

    @Test
    void moreStepsThanABucketAreAllDrawn() {
        Tiles tiles = drawn(
                "{'from':{'class':1,'latent':[0,0]},'to':{'class':1,'latent':[24,0]},'steps':25,'path':'linear'}");

        for (int step = 0; step < 25; step++) {
            assertThat(first(tiles, 0, step)).isCloseTo(1 + step, PLACE);
        }
    }

    @Test
    void anEndIsTheMeanOfAnImagesPosterior() {
        Tiles tiles = drawn("{'from':{'class':1,'image':[0.75,0,0,0,0,0]},'to':{'class':1},'steps':2}");

        assertThat(first(tiles, 0, 0)).isCloseTo(1 + 0.75f, PLACE);
    }

    @Test
    void anImageOfAnotherSizeIsRefused() {
        assertThatThrownBy(() -> drawn("{'from':{'class':1,'image':[1]},'to':{'class':1},'steps':2}"))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage("image has 1 pixels; the model's have 6, 2x3");
    }

    @Test
    void aLatentOfOtherDimensionsIsRefused() {
        assertThatThrownBy(() -> drawn("{'from':{'class':1,'latent':[1]},'to':{'class':1},'steps':2}"))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage("latent has 1 numbers; the model has 2 dimensions");
    }

    @Test
    void aClassThatTheModelDoesNotHaveIsRefused() {
        InterpolationRequest request = request("{'from':{'class':3},'to':{'class':1},'steps':2}");

        assertThatThrownBy(() -> request.requireFit(model.checkpoint(), 1000))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageStartingWith("class is '3'");
    }

    @Test
    void moreImagesThanFitAreRefused() {
        InterpolationRequest request = request("{'from':{'class':0},'to':{'class':1},'steps':100}");

        assertThatThrownBy(() -> request.requireFit(model.checkpoint(), 1000))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("1200 pixels");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'from':{'class':1},'to':{'class':1},'steps':0}                          | steps: is 0",
                "{'from':{'class':1},'to':{'class':1},'steps':101}                        | steps: is 101",
                "{'from':{'class':1},'to':{'class':1}}                                    | steps",
                "{'from':{'class':-1},'to':{'class':1},'steps':2}                         | class is -1",
                "{'from':{'class':1,'seed':4294967296},'to':{'class':1},'steps':2}        | from.seed: is 4294967296",
                "{'from':{'class':1,'index':1000000000},'to':{'class':1},'steps':2}       | from.index: is 1000000000",
                "{'from':{'class':1,'latent':[1e38,0]},'to':{'class':1},'steps':2}        | a number of latent is 1.0E38",
                "{'from':{'class':1,'latent':[1e999,0]},'to':{'class':1},'steps':2}       | latent",
                "{'from':{'class':1,'latent':[NaN,0]},'to':{'class':1},'steps':2}         | not valid JSON",
                "{'from':{'class':1,'image':[1.5]},'to':{'class':1},'steps':2}            | from.image: pixel 0 is 1.5",
                "{'from':{'class':1,'seed':1,'image':[1]},'to':{'class':1},'steps':2}     | image: is given beside",
                "{'from':{'class':1,'seed':1,'latent':[1,0]},'to':{'class':1},'steps':2}  | beside seed",
                "{'from':{'class':1},'to':{'class':1},'steps':2,'path':'curved'}          | path",
                "{'from':{'class':1},'to':{'class':1},'steps':2,'colour':'red'}           | colour"
            })
    void whatCannotBeIsRefusedByItsField(String json, String why) {
        assertThatThrownBy(() -> request(json))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining(why);
    }

    private Tiles drawn(String json) {
        return Interpolation.draw(model, request(json)).tiles();
    }

    private static InterpolationRequest request(String json) {
        return Json.read(json.replace('\'', '"').getBytes(UTF_8), InterpolationRequest.class);
    }

    private static float first(Tiles tiles, int row, int column) {
        return tiles.values()[tiles.offset(row, column, 0)];
    }
}
