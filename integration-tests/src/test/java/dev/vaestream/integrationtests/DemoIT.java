package dev.vaestream.integrationtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./vaestream demo} as a newcomer types it, in a directory of their own. */
class DemoIT {
    /** Mean loss of epoch 0 of the same run in JAX. */
    private static final double JAX_EPOCH_0 = 24.335862639363608;

    private static final Pattern LOG_LINE =
            Pattern.compile("epoch 0 \\| step 100 \\| loss: \\d+\\.\\d{4} ~ mse: \\d+\\.\\d{4}\\. kl: \\d+\\.\\d{4}");

    @TempDir
    private Path directory;

    @Test
    void oneEpochEndsWithAPictureOfDigits() {
        String output = demo("--epochs", "1").awaitSuccess();
        assertThat(output).containsPattern(LOG_LINE);
        assertThat(epochMean(output)).isCloseTo(JAX_EPOCH_0, withPercentage(0.2));
        BufferedImage picture = picture();
        assertThat(picture.getWidth()).isEqualTo(280);
        assertThat(picture.getHeight()).isEqualTo(280);
        for (int row = 0; row < 10; row++) {
            assertThat(brightest(picture.getSubimage(0, 28 * row, 280, 28)))
                    .as("brightest pixel of row %d", row)
                    .isGreaterThan(200);
        }
    }

    @Test
    void aDemoThatWasStoppedGoesOnFromItsLastCheckpoint() {
        Command first = demo("--epochs", "1");
        await("the first checkpoint")
                .atMost(Duration.ofMinutes(3))
                .until(() -> first.output().contains("committed demo-1-epochs/500,"));
        List<ProcessHandle> children = first.descendants();
        first.process().destroy();
        assertThat(first.await()).as("exit code of a demo that was stopped").isNotZero();
        assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);

        String second = demo("--epochs", "1").awaitSuccess();
        assertThat(second).doesNotContain("epoch 0 | step 100 |").contains("epoch 0 | step 3700 |");
        assertThat(epochMean(second)).isCloseTo(JAX_EPOCH_0, withPercentage(0.2));
    }

    private Command demo(String... options) {
        List<String> command =
                new ArrayList<>(List.of(Pipeline.home().resolve("vaestream").toString(), "demo"));
        command.addAll(Arrays.asList(options));
        return Command.start(directory, command);
    }

    private static double epochMean(String output) {
        Matcher matcher = Pattern.compile("(?m)^0\\s+(\\d+\\.\\d+)\\s").matcher(output);
        assertThat(matcher.find())
                .as("a line with the mean of epoch 0 in:%n%s", output)
                .isTrue();
        return Double.parseDouble(matcher.group(1));
    }

    private BufferedImage picture() {
        try {
            return ImageIO.read(directory.resolve("samples.png").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int brightest(BufferedImage image) {
        return Arrays.stream(image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null))
                .max()
                .orElseThrow();
    }

    /** A child process whose output goes to a file. */
    private record Command(Process process, File log) {
        static Command start(Path directory, List<String> command) {
            try {
                File log = Files.createTempFile(directory, "output", ".log").toFile();
                return new Command(
                        new ProcessBuilder(command)
                                .directory(directory.toFile())
                                .redirectErrorStream(true)
                                .redirectOutput(log)
                                .start(),
                        log);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String awaitSuccess() {
            int exit = await();
            assertThat(exit)
                    .as("exit code of a command that said:%n%s", output())
                    .isZero();
            return output();
        }

        int await() {
            try {
                if (!process.waitFor(5, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    throw new AssertionError("still running after 5 minutes, having said:\n" + output());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
            return process.exitValue();
        }

        List<ProcessHandle> descendants() {
            return process.descendants().toList();
        }

        String output() {
            try {
                return Files.readString(log.toPath());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
