package dev.vaestream.integrationtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vaestream.contracts.CrashPoint;
import dev.vaestream.contracts.RunSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The checkpoint protocol, point by point: a kill right before and right after each of them changes nothing. */
class ProtocolCrashesIT {
    private static final Set<CrashPoint> OF_OTHERS = EnumSet.of(
            CrashPoint.BATCH_SEND,
            CrashPoint.BATCH_COMMIT,
            CrashPoint.RUN_SEND,
            CrashPoint.MODEL_LOAD,
            CrashPoint.MODEL_SWAP);
    private static final String STREAM = "crashes";
    private static final long STEPS = 600;
    private static final long SAVED_EVERY = 20;

    @TempDir
    private static Path directory;

    private static FaultyCluster cluster;
    private static RunResult undisturbed;

    @BeforeAll
    static void trainUndisturbed() {
        cluster = FaultyCluster.start(directory);
        cluster.stream(STREAM, 2, STEPS);
        cluster.begin("undisturbed", spec());
        undisturbed = cluster.awaitResult("undisturbed");
    }

    @AfterAll
    static void close() {
        cluster.close();
        assertThat(cluster.auditor().loaded()).isPositive();
        cluster.auditor().requireClean();
    }

    @ParameterizedTest
    @MethodSource("points")
    void killedBeforeAndAfterARunEndsAsIfUndisturbed(CrashPoint point) {
        String run = "killed-at-" + point.name().toLowerCase(Locale.ROOT).replace('_', '-');
        cluster.begin(run, spec());
        cluster.awaitStep(run, 2 * SAVED_EVERY);

        cluster.crash().arm(point, "before");
        cluster.crash().awaitCrash();
        cluster.crash().arm(point, "after");
        cluster.crash().awaitCrash();

        assertThat(cluster.awaitResult(run)).isEqualTo(undisturbed);
        awaitNothingHalfDeleted(run);
        cluster.auditor().requireClean();
    }

    static Stream<CrashPoint> points() {
        return EnumSet.complementOf(EnumSet.copyOf(OF_OTHERS)).stream();
    }

    private static void awaitNothingHalfDeleted(String run) {
        await("the end of retention of " + run)
                .atMost(Duration.ofMinutes(2))
                .until(() -> cluster.store()
                        .files()
                        .list("runs/" + run + "/retired/")
                        .isEmpty());
    }

    private static RunSpec spec() {
        return Runs.small(STREAM, STEPS, SAVED_EVERY);
    }
}
