package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.ImageShape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleRequestTest {
    private static final ImageShape SHAPE = new ImageShape(28, 28);
    private static final int MAX_PIXELS = 1 << 20;

    @Test
    void nothingAskedForIsTenOfEachClassFromSeedZero() {
        assertThat(parsed(Map.of()).of(3, SHAPE, MAX_PIXELS)).isEqualTo(new SampleRequest(List.of(0, 1, 2), 10, 0));
    }

    @Test
    void classesAreRowsInTheOrderInWhichTheyAreNamed() {
        assertThat(parsed(Map.of("class", List.of("7", "1")))
                        .of(10, SHAPE, MAX_PIXELS)
                        .classes())
                .containsExactly(7, 1);
    }

    @Test
    void theLargestSeedIsAccepted() {
        assertThat(parsed(Map.of("seed", List.of("4294967295"))).seed()).isEqualTo(0xffffffffL);
    }

    @Test
    void aSeedOfMoreThan32BitsIsRefused() {
        assertThatThrownBy(() -> parsed(Map.of("seed", List.of("4294967296"))))
                .hasMessage("seed is '4294967296'; it must be a whole number from 0 to 4294967295");
    }

    @Test
    void aClassNamedTwiceIsRefused() {
        assertThatThrownBy(() -> parsed(Map.of("class", List.of("3", "3"))))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage("class 3 is given twice; give each class once");
    }

    @Test
    void aClassThatTheModelDoesNotHaveIsRefused() {
        SampleRequest request = parsed(Map.of("class", List.of("11")));

        assertThatThrownBy(() -> request.of(10, SHAPE, MAX_PIXELS))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage("class is '11'; it must be a whole number from 0 to 9");
    }

    @Test
    void theDefaultPixelLimitHoldsTheLargestCountOfTenClasses() {
        assertThat(parsed(Map.of("count", List.of("100")))
                        .of(10, SHAPE, MAX_PIXELS)
                        .count())
                .isEqualTo(100);
    }

    @Test
    void anIndexIsOneImage() {
        assertThat(parsed(Map.of("class", List.of("3"), "index", List.of("25"))))
                .isEqualTo(new SampleRequest(List.of(3), 25, 1, 0));
    }

    @Test
    void anIndexKeepsItsPlaceWhenTheModelIsKnown() {
        SampleRequest request = parsed(Map.of("class", List.of("3"), "index", List.of("25")));

        assertThat(request.of(10, SHAPE, MAX_PIXELS)).isEqualTo(request);
    }

    @Test
    void anIndexAndACountAreRefused() {
        assertThatThrownBy(() -> parsed(Map.of("class", List.of("3"), "index", List.of("5"), "count", List.of("1"))))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage("index is '5' and count is there too; an index is one image");
    }

    @Test
    void anIndexOfEveryClassIsRefused() {
        assertThatThrownBy(() -> parsed(Map.of("index", List.of("5"))))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage("index is '5' and 0 classes are named; give one, as an index is one image");
    }

    @Test
    void anIndexBeyondTheLastIsRefused() {
        assertThatThrownBy(() -> parsed(Map.of("class", List.of("3"), "index", List.of("1000000000"))))
                .hasMessage("index is '1000000000'; it must be a whole number from 0 to 999999999");
    }

    @Test
    void moreImagesThanFitAreRefusedWithTheirSize() {
        SampleRequest request = parsed(Map.of("count", List.of("2")));

        assertThatThrownBy(() -> request.of(1 << 20, new ImageShape(1024, 1024), MAX_PIXELS))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("2 of each of 1048576 classes are 2199023255552 pixels");
    }

    private static SampleRequest parsed(Map<String, List<String>> parameters) {
        return SampleRequest.of(Query.of(parameters, SampleRequest.PARAMETERS), 100);
    }
}
