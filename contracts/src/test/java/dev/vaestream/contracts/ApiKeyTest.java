package dev.vaestream.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {
    private static final String TEXT = "vaestream_000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    @TempDir
    Path directory;

    @Test
    void itsDigestIsWhatSha256sumSays() {
        assertThat(new ApiKey(TEXT).digest().hex())
                .isEqualTo("78e205999c91893c8a538113a03293774ce5c1d8da13e2decd589cfa92072cc9");
    }

    @Test
    void aFileHoldsItAlone() throws IOException {
        Path file = Files.writeString(directory.resolve("key"), TEXT + "\n");

        assertThat(ApiKey.read(file).authorization()).isEqualTo("Bearer " + TEXT);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> ApiKey.read(directory.resolve("absent")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("absent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "vaestream_", "vaestream_1234", "hunter2"})
    void anotherFormIsRefusedWithoutItsText(String text) {
        assertThatThrownBy(() -> new ApiKey(text))
                .hasMessage(
                        "an API key of %d characters has another form; it must be vaestream_ and 64 hexadecimal digits"
                                .formatted(text.length()));
    }

    @Test
    void itsTextIsNotPrinted() {
        assertThat(new ApiKey(TEXT).toString()).doesNotContain(TEXT.substring(10));
    }
}
