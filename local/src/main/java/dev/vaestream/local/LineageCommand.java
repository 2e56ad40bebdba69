package dev.vaestream.local;

import dev.vaestream.contracts.InvalidPictureException;
import dev.vaestream.contracts.Lineage;
import dev.vaestream.contracts.Lineage.Generation;
import dev.vaestream.contracts.Png;
import dev.vaestream.contracts.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "lineage",
        description = {
            "Goes from a picture to the checkpoint that made it, its run and spec, and the Kafka offsets of its batches.",
            "Exit code 1 where the picture says otherwise than its checkpoint."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class LineageCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private DirectoryOption state = new DirectoryOption();

    @Parameters(paramLabel = "FILE", description = "a PNG of the sampler")
    private Path picture = Path.of("samples.png");

    LineageCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Provenance provenance = provenance();
        Lineage lineage = state.services().lineage(provenance.paramsDigest(), provenance.run());
        Tree tree = new Tree(picture + ": " + text(provenance), List.of(new LineageTree(lineage).tree()));
        tree.lines(surroundings.glyphs()).forEach(surroundings::line);
        requireSame(provenance, lineage.generations().get(0));
        return 0;
    }

    private void requireSame(Provenance said, Generation made) {
        requireSame("step", said.step(), made.step());
        requireSame("spec", said.specDigest(), made.specDigest());
        requireSame("input", said.inputDigest(), made.input().digest());
    }

    private void requireSame(String what, Object said, Object made) {
        if (!said.equals(made)) {
            throw new CommandFailedException(
                    "%s says %s %s; the checkpoint with its parameters has %s".formatted(picture, what, said, made));
        }
    }

    private Provenance provenance() {
        try {
            return Provenance.of(Png.read(Files.readAllBytes(picture)).text());
        } catch (IOException e) {
            throw new CommandFailedException("cannot read %s: %s".formatted(picture, Reason.of(e)), e);
        } catch (InvalidPictureException e) {
            throw new CommandFailedException("%s: %s".formatted(picture, e.getMessage()), e);
        }
    }

    private static String text(Provenance provenance) {
        return "classes %s, seed %d, indices %d to %d"
                .formatted(
                        provenance.classes().stream().map(String::valueOf).collect(Collectors.joining(" ")),
                        provenance.seed(),
                        provenance.firstIndex(),
                        provenance.firstIndex() + provenance.count() - 1);
    }
}
