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
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.tensorflow.TensorFlow;

/** Finds out what this machine's arithmetic depends on. */
final class Numerics {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    /** From the widest; TensorFlow's kernels take the first that the processor has. */
    private static final List<String> INSTRUCTION_SETS = List.of("avx512f", "avx2", "avx", "sse4_2");

    private Numerics() {}

    static NumericFingerprint here() {
        return new NumericFingerprint(
                TensorFlow.version(),
                "cpu",
                System.getProperty("os.arch"),
                instructionSet(),
                oneDnn(System.getenv()),
                Sessions.INTRA_OP_THREADS);
    }

    /** TensorFlow turns oneDNN on by itself on x86-64 where nobody says otherwise. */
    static boolean oneDnn(Map<String, String> environment) {
        return !Set.of("0", "false")
                .contains(environment.getOrDefault("TF_ENABLE_ONEDNN_OPTS", "1").toLowerCase(Locale.ROOT));
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
