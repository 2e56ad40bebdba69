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
    void classesAreRepeated() {
        assertThat(new SampleQuery(List.of(3, 1), 5, 7L).text()).isEqualTo("class=3&class=1&count=5&seed=7");
    }
}
