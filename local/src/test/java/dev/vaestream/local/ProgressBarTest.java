package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressBarTest {
    private final ProgressBar bar = new ProgressBar(Glyphs.ASCII);

    @Test
    void theBarIsFilledInProportion() {
        assertThat(bar.draw(new ProgressBar.Progress(250, 1000, 50), 200))
                .isEqualTo("training  ==========------------------------------ 250/1000  50 steps/s  0:15 left");
    }

    @Test
    void withoutARateNothingIsForetold() {
        assertThat(bar.draw(new ProgressBar.Progress(0, 1000, 0), 200)).endsWith("- 0/1000");
    }

    @Test
    void aNarrowTerminalGetsTheNumbersAlone() {
        assertThat(bar.draw(new ProgressBar.Progress(250, 1000, 50), 50))
                .isEqualTo("training  250/1000  50 steps/s  0:15 left");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 11, 40, 56, 57, 58, 80, 300})
    void theLineNeverFillsTheTerminalsLastColumn(int columns) {
        assertThat(bar.draw(new ProgressBar.Progress(36_999, 37_500, 612.4), columns)
                        .length())
                .isLessThan(columns);
    }

    @Test
    void aFinishedRunIsAFullBar() {
        assertThat(bar.draw(new ProgressBar.Progress(7, 7, 0), 60))
                .doesNotContain("-")
                .contains("=");
    }
}
