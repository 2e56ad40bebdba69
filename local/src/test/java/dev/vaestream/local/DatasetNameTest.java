package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetNameTest {
    @ParameterizedTest
    @CsvSource({
        "/data/fashion-mnist, fashion-mnist",
        "/data/Fashion_MNIST/, fashion-mnist",
        "/data/My Images (2), my-images-2",
        "/data/digits/train/.., digits"
    })
    void aDatasetHasItsDirectorysName(Path directory, String expected) {

        assertThat(DatasetName.of(directory)).isEqualTo(expected);
    }

    @Test
    void aLongNameIsCut() {
        assertThat(DatasetName.of(Path.of("/" + "a".repeat(200)))).isEqualTo("a".repeat(48));
    }

    @Test
    void aDirectoryWithoutANameIsRefused() {
        assertThatThrownBy(() -> DatasetName.of(Path.of("/")))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("'/'");
    }
}
