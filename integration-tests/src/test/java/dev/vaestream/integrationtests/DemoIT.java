package dev.vaestream.integrationtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./vaestream demo} as a newcomer types it, in a directory of their own. */
class DemoIT {
    /** Mean loss of epoch 0 of the same run in JAX. */
    private static final double JAX_EPOCH_0 = 24.335862639363608;

    private static final Pattern LOG_LINE =
            Pattern.compile("epoch 0 \\| step 100 \\| loss: \\d+\\.\\d{4} ~ mse: \\d+\\.\\d{4}\\. kl: \\d+\\.\\d{4}");

    @TempDir
    private static Path undisturbed;

    private static String output;

    @TempDir
    private Path directory;

    @BeforeAll
    static void runUndisturbed() {
        output = Command.vaestream(undisturbed, "demo", "--epochs", "1").awaitSuccess();
    }

    @Test
    void itPrintsTheTutorialsLogLines() {
        assertThat(output).containsPattern(LOG_LINE);
    }

    @Test
    void itsFirstEpochHasTheLossOfTheSameRunInJax() {
        assertThat(epochMean(output)).isCloseTo(JAX_EPOCH_0, withPercentage(0.2));
    }

    @Test
    void itEndsWithAPictureOfTenRows() {
        BufferedImage picture = picture(undisturbed);
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
        Command first = demo();
        awaitFirstCheckpoint(first);
        List<ProcessHandle> children = first.descendants();
        first.process().destroy();
        assertThat(first.await()).as("exit code of a demo that was stopped").isNotZero();
        assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);

        String second = demo().awaitSuccess();
        assertThat(second).doesNotContain("epoch 0 | step 100 |").contains("epoch 0 | step 3700 |");
        assertThat(epochMean(second)).isCloseTo(JAX_EPOCH_0, withPercentage(0.2));
    }

    @Test
    void aTrainerThatIsKilledUnderItDoesNotChangeThePicture() {
        Command command = demo();
        awaitFirstCheckpoint(command);
        ProcessHandle victim = command.descendants().stream()
                .filter(child -> child.info().commandLine().orElse("").contains("/trainer-service/"))
                .findFirst()
                .orElseThrow();
        victim.destroyForcibly();
        String said = command.awaitSuccess();
        assertThat(said).contains("trainer ended with exit code 137 and is started again");
        assertThat(directory.resolve("samples.png")).hasSameBinaryContentAs(undisturbed.resolve("samples.png"));
    }

    private Command demo() {
        return Command.vaestream(directory, "demo", "--epochs", "1");
    }

    private static void awaitFirstCheckpoint(Command command) {
        await("the first checkpoint")
                .atMost(Duration.ofMinutes(3))
                .until(() -> command.output().contains("committed demo-1-epochs/500,"));
    }

    private static double epochMean(String output) {
        Matcher matcher = Pattern.compile("(?m)^0\\s+(\\d+\\.\\d+)\\s").matcher(output);
        assertThat(matcher.find())
                .as("a line with the mean of epoch 0 in:%n%s", output)
                .isTrue();
        return Double.parseDouble(matcher.group(1));
    }

    private static BufferedImage picture(Path directory) {
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
}
