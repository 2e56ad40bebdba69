package dev.vaestream.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Lineage;
import dev.vaestream.contracts.Lineage.Generation;
import dev.vaestream.contracts.Lineage.Input;
import dev.vaestream.contracts.Lineage.OffsetRange;
import dev.vaestream.contracts.Lineage.Parent;
import dev.vaestream.contracts.Png;
import dev.vaestream.contracts.Provenance;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineageCommandTest {
    private static final Sha256 MANIFEST = Examples.digest(900);
    private static final Sha256 PARAMS = Examples.digest(1);
    private static final String CALL = "GET /v1/lineage/%s?run=demo".formatted(PARAMS);
    private static final RunSpec SPEC = RunSpec.defaults("mnist", 2_000);

    @TempDir
    Path directory;

    private CommandFixture commands;
    private Path picture;

    @BeforeEach
    void start() throws IOException {
        commands = new CommandFixture(directory);
        picture = directory.resolve("samples.png");
        Files.write(
                picture,
                png(new Provenance("demo", 900, List.of(3, 8), 5, 0, 10, PARAMS, SPEC.digest(), Sha256.EMPTY)));
    }

    @AfterEach
    void close() {
        commands.close();
    }

    @Test
    void theWayFromThePictureToItsOffsetsIsATree() {
        commands.services().answer(CALL, 200, Json.write(lineage(Sha256.EMPTY)));

        assertThat(commands.run("lineage", picture.toString())).isZero();
        assertThat(commands.lines())
                .containsExactly(
                        picture + ": classes 3 8, seed 5, indices 0 to 9",
                        "`- checkpoint demo/900",
                        "   |- manifest " + MANIFEST,
                        "   |- parameters " + PARAMS,
                        "   |- committed 2026-01-02T03:04:05Z",
                        "   |- spec " + SPEC.digest(),
                        "   |  |- stream mnist, 2,000 steps, seed 65535",
                        "   |  `- optimizer " + new String(Json.write(SPEC.optimizer()), UTF_8),
                        "   |- parents",
                        "   |  |- 500, manifest " + Examples.digest(500).abbreviated(),
                        "   |  `- 300, no longer kept",
                        "   `- batches 0 to 899 of 16 images in topic batches.mnist",
                        "      |- digest " + Sha256.EMPTY,
                        "      |- partition 0, offsets 0 to 449",
                        "      `- partition 1, offsets 0 to 449");
    }

    @Test
    void otherInputThanThePictureSaysIsAFailure() {
        commands.services().answer(CALL, 200, Json.write(lineage(Examples.digest(2))));

        assertThat(commands.run("lineage", picture.toString())).isEqualTo(1);
        assertThat(commands.failure())
                .isEqualTo("vaestream: %s says input %s; the checkpoint with its parameters has %s"
                        .formatted(picture, Sha256.EMPTY, Examples.digest(2)));
    }

    @Test
    void aPictureThatSaysNothingIsAFailure() throws IOException {
        Files.write(picture, png().write());

        assertThat(commands.run("lineage", picture.toString())).isEqualTo(1);
        assertThat(commands.failure())
                .isEqualTo("vaestream: %s: The picture does not say where it comes from: it has no text vaestream.run"
                        .formatted(picture));
    }

    @Test
    void aPictureThatIsNotThereIsAFailure() {
        Path nowhere = directory.resolve("nowhere.png");

        assertThat(commands.run("lineage", nowhere.toString())).isEqualTo(1);
        assertThat(commands.failure())
                .isEqualTo("vaestream: cannot read %s: there is no such file or directory".formatted(nowhere));
    }

    private static Lineage lineage(Sha256 input) {
        return new Lineage(List.of(new Generation(
                "demo",
                900,
                MANIFEST,
                PARAMS,
                Instant.parse("2026-01-02T03:04:05Z"),
                SPEC.digest(),
                SPEC,
                new Input(
                        "batches.mnist",
                        "topic",
                        "cluster",
                        16,
                        0,
                        900,
                        List.of(),
                        input,
                        List.of(new OffsetRange(0, 0, 450), new OffsetRange(1, 0, 450))),
                List.of(new Parent(500, Examples.digest(500), true), new Parent(300, null, false)))));
    }

    private static byte[] png(Provenance provenance) {
        return Png.withText(png().write(), provenance.text());
    }

    private static Png png() {
        return new Png(List.of(
                new Png.Chunk("IHDR", ByteString.copyFrom(new byte[13])), new Png.Chunk("IEND", ByteString.EMPTY)));
    }
}
