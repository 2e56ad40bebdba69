package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxDirectoryTest {
    @TempDir
    Path directory;

    @Test
    void plainAndPackedFilesMayBeMixed() throws IOException {
        pack("train-images-idx3-ubyte.gz", 100);
        Files.write(directory.resolve("train-labels-idx1-ubyte"), new byte[4]);

        assertThatCode(new IdxDirectory(directory)::requireFiles).doesNotThrowAnyException();
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        pack("train-images-idx3-ubyte.gz", 100);

        assertThatThrownBy(new IdxDirectory(directory)::requireFiles)
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("%s has neither train-labels-idx1-ubyte nor train-labels-idx1-ubyte.gz", directory);
    }

    @Test
    void aMissingDirectoryIsNamed() {
        assertThatThrownBy(new IdxDirectory(directory.resolve("none"))::requireFiles)
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("%s is not a directory; give one with IDX files", directory.resolve("none"));
    }

    @Test
    void thePackedFileTellsItsUnpackedSize() throws IOException {
        pack("train-images-idx3-ubyte.gz", 70_000);

        assertThat(new IdxDirectory(directory).imageBytes()).isEqualTo(70_000);
    }

    @Test
    void thePlainFileGoesBeforeThePackedOne() throws IOException {
        pack("train-images-idx3-ubyte.gz", 70_000);
        Files.write(directory.resolve("train-images-idx3-ubyte"), new byte[123]);

        assertThat(new IdxDirectory(directory).imageBytes()).isEqualTo(123);
    }

    private void pack(String name, int size) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(directory.resolve(name)))) {
            out.write(new byte[size]);
        }
    }
}
