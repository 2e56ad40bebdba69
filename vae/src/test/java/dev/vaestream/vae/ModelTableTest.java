package dev.vaestream.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.learning.nn.Tabulation;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelTableTest {
    @Test
    void theTutorialsModelHas491920Parameters() {
        Tabulation table = ModelTable.of(ModelSpec.DEFAULT);

        assertThat(table.size()).isEqualTo(491_920);
        assertThat(table.bytes()).isEqualTo(1_967_680);
        assertThat(table.toString()).endsWith("Total Parameters: 491,920 (2.0 MB)\n");
    }

    @Test
    void fourLatentsHave486488() {
        assertThat(ModelTable.of(new ModelSpec(4, List.of(256, 128, 64), List.of(128, 256, 784), 10))
                        .size())
                .isEqualTo(486_488);
    }

    @Test
    void rowsComeInTheOrderOfTheCalls() {
        assertThat(ModelTable.of(ModelSpec.DEFAULT).depth(1).rows())
                .extracting(Tabulation.Row::path, Tabulation.Row::size)
                .containsExactly(
                        tuple("", 0L),
                        tuple("encoder", 200_960L + 32_896 + 8_256),
                        tuple("pre_latent_proj", 4_160L),
                        tuple("post_latent_proj", 2_112L),
                        tuple("class_proj", 704L),
                        tuple("decoder", 8_320L + 33_024 + 201_488));
    }
}
