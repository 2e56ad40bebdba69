package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SampleQueryTest {
    @Test
    void whatIsAbsentIsLeftToTheSampler() {
        assertThat(new SampleQuery(List.of(), null, null).text()).isEmpty();
    }

    @Test
    void anImageOfANamedCheckpointIsAskedForByItsIndex() {
        assertThat(new SampleQuery(List.of(3), null, 12, 7L, "demo", "best").text())
                .isEqualTo("class=3&index=12&seed=7&run=demo&checkpoint=best");
    }

    @Test
    void whatIsNoNameArrivesWhole() {
        assertThat(new SampleQuery(List.of(), null, null, null, null, "a b&c").text())
                .isEqualTo("checkpoint=a+b%26c");
    }

    @Test
    void classesAreRepeated() {
        assertThat(new SampleQuery(List.of(3, 1), 5, 7L).text()).isEqualTo("class=3&class=1&count=5&seed=7");
    }
}
