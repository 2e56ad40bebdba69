package dev.vaestream.vae;

import dev.vaestream.contracts.NumericFingerprint;
import dev.vaestream.learning.tracing.Sessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.TensorFlow;

/** Finds out what this machine's arithmetic depends on. */
final class Numerics {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    /** From the widest; TensorFlow's kernels take the first that the processor has. */
    private static final List<String> INSTRUCTION_SETS = List.of("avx512f", "avx2", "avx", "sse4_2");

    private Numerics() {}

    /** @param device as {@link Placements#name} */
    static NumericFingerprint here(String device) {
        String architecture = System.getProperty("os.arch");
        return new NumericFingerprint(
                TensorFlow.version(),
                device,
                architecture,
                instructionSet(),
                oneDnn(architecture, System.getenv("TF_ENABLE_ONEDNN_OPTS")),
                Sessions.INTRA_OP_THREADS);
    }

    /** Where nobody says otherwise, TensorFlow uses oneDNN on x86-64 and nowhere else. */
    static boolean oneDnn(String architecture, @Nullable String setting) {
        if (setting == null) {
            return architecture.equals("amd64");
        }
        return !Set.of("0", "false").contains(setting.toLowerCase(Locale.ROOT));
    }

    static String instructionSet(Set<String> flags) {
        return INSTRUCTION_SETS.stream().filter(flags::contains).findFirst().orElse("baseline");
    }

    private static String instructionSet() {
        if (!Files.isReadable(CPU_INFO)) {
            return instructionSet(Set.of());
        }
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return instructionSet(Set.copyOf(lines.filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .map(line -> Arrays.asList(
                            line.substring(line.indexOf(':') + 1).trim().split(" ")))
                    .orElse(List.of())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
