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

    private static final List<String> NEURAL_NETWORK_FLAGS =
            List.of("avx512_vnni", "avx512_bf16", "avx_vnni", "amx_tile", "amx_int8", "amx_bf16");

    private Numerics() {}

    /** @param device as {@link Placements#name} */
    static NumericFingerprint here(String device) {
        Set<String> flags = processorFlags();
        return new NumericFingerprint(
                TensorFlow.version(),
                device,
                System.getProperty("os.arch"),
                instructionSet(flags),
                oneDnn(flags, System.getenv("TF_ENABLE_ONEDNN_OPTS")),
                Sessions.INTRA_OP_THREADS);
    }

    /**
     * Whether TensorFlow uses oneDNN. Where nobody says so in words that it knows, it asks whether the processor has
     * instructions for neural networks.
     *
     * @see <a href="https://github.com/tensorflow/tensorflow/blob/v2.18.0/tensorflow/core/util/util.cc">DefaultOneDnnPolicy</a>
     */
    static boolean oneDnn(Set<String> flags, @Nullable String setting) {
        return switch (setting == null ? "" : setting.toLowerCase(Locale.ROOT)) {
            case "0", "false" -> false;
            case "1", "true" -> true;
            default -> NEURAL_NETWORK_FLAGS.stream().anyMatch(flags::contains);
        };
    }

    static String instructionSet(Set<String> flags) {
        return INSTRUCTION_SETS.stream().filter(flags::contains).findFirst().orElse("baseline");
    }

    private static Set<String> processorFlags() {
        if (!Files.isReadable(CPU_INFO)) {
            return Set.of();
        }
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .map(line -> Set.copyOf(Arrays.asList(
                            line.substring(line.indexOf(':') + 1).trim().split(" "))))
                    .orElse(Set.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
