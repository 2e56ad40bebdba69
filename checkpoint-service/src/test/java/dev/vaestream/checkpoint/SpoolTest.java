package dev.vaestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vaestream.contracts.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SpoolTest {
    private final byte[] content = new byte[200_001];

    SpoolTest() {
        new Random(3).nextBytes(content);
    }

    @Test
    void itKnowsItsSizeAndDigest() throws IOException {
        try (Spool spool = spool(content.length)) {
            assertThat(spool.bytes()).isEqualTo(200_001);
            assertThat(spool.digest()).isEqualTo(Sha256.of(content));
        }
    }

    @Test
    void itKnowsItsChecksum() throws IOException {
        // The check value of CRC-32C is that of these nine digits.
        try (Spool spool = Spool.of(new ByteArrayInputStream(Examples.bytes("123456789")), 9)) {
            assertThat(spool.crc32c()).isEqualTo(0xe3069283);
        }
    }

    @Test
    void itGivesBackWhatItTook() throws IOException {
        try (Spool spool = spool(content.length);
                InputStream read = spool.content()) {
            assertThat(read.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void itCanBeReadAgain() throws IOException {
        try (Spool spool = spool(content.length)) {
            byte[] first = new byte[content.length];
            spool.rewound().readFully(first);
            byte[] second = new byte[content.length];
            spool.rewound().readFully(second);

            assertThat(second).isEqualTo(first).isEqualTo(content);
        }
    }

    @Test
    void itsFileHasNoName() throws IOException {
        long before = files();

        try (Spool spool = spool(content.length)) {
            assertThat(spool.bytes()).isPositive();
            assertThat(files()).isEqualTo(before);
        }
    }

    @Test
    void moreThanTheLimitIsRefused() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> spool(content.length - 1))
                .withMessage("A blob may have 200000 bytes; this one has more")
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.TOO_LARGE));
    }

    private Spool spool(long maxBytes) throws IOException {
        return Spool.of(new ByteArrayInputStream(content), maxBytes);
    }

    private static long files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("vaestream-blob-"))
                    .count();
        }
    }
}
