package dev.vaestream.integrationtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.integrationtests.StoreFault.Effect;
import dev.vaestream.integrationtests.StoreFault.Verb;
import dev.vaestream.local.Member;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the store, its disk or the wires do, a run only takes longer. */
class StoreFaultsIT {
    private static final String STREAM = "faults";
    private static final long STEPS = 600;
    private static final long SAVED_EVERY = 20;
    private static final RunSpec ROTTING = Runs.small(STREAM, STEPS, SAVED_EVERY, 3);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String MANIFESTS = "^runs/.*/checkpoints/[0-9]+";
    private static final String MANIFEST_LIST = "/checkpoints/$";
    private static final String BLOBS = "^blobs/";

    @TempDir
    private static Path directory;

    private static FaultyCluster cluster;
    private static RunResult undisturbed;
    private static int runs;

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

    @AfterEach
    void heal() {
        cluster.heal();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultOfTheStoreIsSettled(StoreFault fault) {
        String run = beginAndAwaitMiddle();

        cluster.store().breaks(fault);

        await(fault.toString()).atMost(PATIENCE).until(() -> fault.hits() == fault.wanted());
        assertThat(cluster.awaitResult(run)).isEqualTo(undisturbed);
        cluster.auditor().requireClean();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                argumentSet("500 for everything", fault(Verb.ANY, "", new Effect.Refuse(500, "InternalError"), 20)),
                argumentSet("503 for every write", fault(Verb.PUT, "", new Effect.Refuse(503, "SlowDown"), 20)),
                argumentSet("a manifest's answer lost", fault(Verb.PUT, MANIFESTS, new Effect.ApplyThenDrop(), 5)),
                argumentSet(
                        "a manifest applied, then 503",
                        fault(Verb.PUT, MANIFESTS, new Effect.ApplyThenRefuse(503, "SlowDown"), 5)),
                argumentSet("a manifest never received", fault(Verb.PUT, MANIFESTS, new Effect.Drop(), 5)),
                argumentSet(
                        "409 for a manifest",
                        fault(Verb.PUT, MANIFESTS, new Effect.Refuse(409, "ConditionalRequestConflict"), 5)),
                argumentSet("silence for a manifest", fault(Verb.PUT, MANIFESTS, new Effect.Hang(), 2)),
                argumentSet("silence for a blob's size", fault(Verb.HEAD, BLOBS, new Effect.Hang(), 2)),
                argumentSet("silence for a listing", fault(Verb.LIST, "", new Effect.Hang(), 2)),
                argumentSet("a retirement's answers lost", fault(Verb.DELETE, "", new Effect.ApplyThenDrop(), 5)),
                argumentSet("deletions refused", fault(Verb.DELETE, "", new Effect.Refuse(503, "SlowDown"), 5)));
    }

    /** With a seed of its own, since a blob that is stored is not sent again. */
    @ParameterizedTest
    @MethodSource("sendingFaults")
    void aFaultWhileANewBlobIsSentIsSettled(long seed, StoreFault fault) {
        RunSpec spec = Runs.small(STREAM, STEPS, SAVED_EVERY, seed);
        String run = beginAndAwaitMiddle(spec);

        cluster.store().breaks(fault);

        await(fault.toString()).atMost(PATIENCE).until(() -> fault.hits() == fault.wanted());
        RunResult disturbed = cluster.awaitResult(run);
        cluster.auditor().requireClean();
        cluster.begin(run + "-again", spec);
        assertThat(cluster.awaitResult(run + "-again")).isEqualTo(disturbed);
    }

    static Stream<Arguments> sendingFaults() {
        return Stream.of(
                argumentSet("a blob's answer lost", 1, fault(Verb.PUT, BLOBS, new Effect.ApplyThenDrop(), 5)),
                argumentSet("a blob never received", 2, fault(Verb.PUT, BLOBS, new Effect.Drop(), 5)));
    }

    /** The trainer and the checkpoint service start again, so that nothing is remembered and everything is read. */
    @ParameterizedTest
    @MethodSource("readingFaults")
    void aFaultWhileARunIsRestoredIsSettled(StoreFault fault) {
        settleWhileRestoring(fault);
    }

    @ParameterizedTest
    @MethodSource("moreReadingFaults")
    @Tag("soak")
    void anyFaultWhileARunIsRestoredIsSettled(StoreFault fault) {
        settleWhileRestoring(fault);
    }

    private static void settleWhileRestoring(StoreFault fault) {
        String run = beginAndAwaitMiddle();

        cluster.store().breaks(fault);
        cluster.kill(Member.CHECKPOINT);
        cluster.kill(Member.TRAINER);

        await(fault.toString()).atMost(PATIENCE).until(() -> fault.hits() == fault.wanted());
        assertThat(cluster.awaitResult(run)).isEqualTo(undisturbed);
        cluster.auditor().requireClean();
    }

    static Stream<Arguments> readingFaults() {
        return Stream.of(
                argumentSet("flipped bits of blobs", fault(Verb.GET, BLOBS, new Effect.FlipBit(), 5)),
                argumentSet("stale listings", fault(Verb.LIST, MANIFEST_LIST, new Effect.StaleList(), 3)));
    }

    static Stream<Arguments> moreReadingFaults() {
        return Stream.of(
                argumentSet("truncated blobs", fault(Verb.GET, BLOBS, new Effect.Truncate(), 3)),
                argumentSet("blobs that trickle", fault(Verb.GET, BLOBS, new Effect.Trickle(10, 20), 2)));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void anOutageIsWaitedForWithAReason(Consumer<FaultyCluster> outage, Member member) {
        waitFor(outage, member);
    }

    @ParameterizedTest
    @MethodSource("moreOutages")
    @Tag("soak")
    void anyOutageIsWaitedForWithAReason(Consumer<FaultyCluster> outage, Member member) {
        waitFor(outage, member);
    }

    private static void waitFor(Consumer<FaultyCluster> outage, Member member) {
        String run = beginAndAwaitMiddle();

        outage.accept(cluster);
        assertThat(cluster.awaitTrouble(member)).contains("DOWN");
        cluster.heal();

        assertThat(cluster.awaitResult(run)).isEqualTo(undisturbed);
        cluster.auditor().requireClean();
    }

    static Stream<Arguments> outages() {
        return Stream.of(
                argumentSet(
                        "credentials expired",
                        breaks(Verb.ANY, new Effect.Refuse(403, "ExpiredToken")),
                        Member.CHECKPOINT),
                argumentSet(
                        "no space", breaks(Verb.PUT, new Effect.Refuse(507, "InsufficientStorage")), Member.TRAINER),
                argumentSet("a store that hangs", breaks(Verb.ANY, new Effect.Hang()), Member.CHECKPOINT),
                argumentSet("a store that is gone", wire(it -> it.toStore().refuse()), Member.CHECKPOINT),
                argumentSet(
                        "the checkpoint service's answers lost",
                        wire(it -> it.toCheckpoint().swallowAnswers()),
                        Member.TRAINER),
                argumentSet(
                        "no broker for the trainer", wire(it -> it.toBroker().refuse()), Member.TRAINER));
    }

    static Stream<Arguments> moreOutages() {
        return Stream.of(
                argumentSet("the store's answers lost", wire(it -> it.toStore().swallowAnswers()), Member.CHECKPOINT),
                argumentSet("the store not reached", wire(it -> it.toStore().swallowRequests()), Member.CHECKPOINT),
                argumentSet(
                        "the checkpoint service not reached",
                        wire(it -> it.toCheckpoint().swallowRequests()),
                        Member.TRAINER),
                argumentSet(
                        "no checkpoint service", wire(it -> it.toCheckpoint().refuse()), Member.TRAINER),
                argumentSet(
                        "a silent broker",
                        wire(it -> {
                            it.toBroker().swallowAnswers();
                            it.toBroker().swallowRequests();
                        }),
                        Member.TRAINER));
    }

    /** Every wire at once, each piece 200 ms later. */
    @Test
    @Tag("soak")
    void slowWiresOnlyTakeLonger() {
        String run = beginAndAwaitMiddle();
        long step = cluster.step(run);

        Stream.of(cluster.toStore(), cluster.toCheckpoint(), cluster.toBroker())
                .forEach(wire -> wire.delay(Duration.ofMillis(200)));
        cluster.awaitStep(run, step + 3 * SAVED_EVERY);
        cluster.heal();

        assertThat(cluster.awaitResult(run)).isEqualTo(undisturbed);
        cluster.auditor().requireClean();
    }

    /** The peers are gone and no packet says so. */
    @Test
    @Tag("soak")
    void aMinuteOfHalfOpenWiresIsWaitedFor() {
        String run = beginAndAwaitMiddle();

        Stream.of(cluster.toStore(), cluster.toCheckpoint(), cluster.toBroker()).forEach(wire -> {
            wire.swallowRequests();
            wire.swallowAnswers();
        });
        assertThat(cluster.awaitTrouble(Member.TRAINER)).contains("DOWN");
        await().pollDelay(Duration.ofMinutes(1)).atMost(Duration.ofMinutes(2)).until(() -> true);
        cluster.heal();

        assertThat(cluster.awaitResult(run)).isEqualTo(undisturbed);
        cluster.auditor().requireClean();
    }

    /** Half of a blob is sent when the trainer dies. */
    @Test
    void aTrainerKilledWhileItSendsABlobLeavesNothingOfIt() {
        String run = beginAndAwaitMiddle();

        cluster.toCheckpoint().swallowRequestsAfter(200_000);
        await("half a blob").atMost(PATIENCE).until(cluster.toCheckpoint()::hasSwallowed);
        cluster.kill(Member.TRAINER);
        cluster.heal();

        assertThat(cluster.awaitResult(run)).isEqualTo(undisturbed);
        cluster.auditor().requireClean();
    }

    @Test
    void aCheckpointServiceKilledWhileItSendsABlobLeavesNothingOfIt() {
        String run = beginAndAwaitMiddle();

        cluster.toStore().swallowRequestsAfter(200_000);
        await("half a blob").atMost(PATIENCE).until(cluster.toStore()::hasSwallowed);
        cluster.kill(Member.CHECKPOINT);
        cluster.heal();

        assertThat(cluster.awaitResult(run)).isEqualTo(undisturbed);
        cluster.auditor().requireClean();
    }

    @ParameterizedTest
    @MethodSource("damages")
    void aCheckpointThatRotsIsPassedOver(UnaryOperator<byte[]> damage, boolean ofManifest) {
        passOver(damage, ofManifest);
    }

    @ParameterizedTest
    @MethodSource("moreDamages")
    @Tag("soak")
    void anyCheckpointThatRotsIsPassedOver(UnaryOperator<byte[]> damage, boolean ofManifest) {
        passOver(damage, ofManifest);
    }

    /** With a seed of its own: equal runs share their blobs, and the others' must stay whole. */
    private static void passOver(UnaryOperator<byte[]> damage, boolean ofManifest) {
        String run = beginAndAwaitMiddle(ROTTING);
        cluster.auditor().leaveOut(run);
        FaultyCluster.signal("STOP", cluster.process(Member.TRAINER));

        long rotten = settledStep(run);
        String manifest = "runs/%s/checkpoints/%d.json".formatted(run, rotten);
        String key = ofManifest
                ? manifest
                : "blobs/sha256/" + cluster.newest(run).blobs().get(0).sha256();
        byte[] before = cluster.store().files().read(key).orElseThrow();
        cluster.store().files().rot(key, damage.apply(before));
        cluster.kill(Member.CHECKPOINT);
        cluster.kill(Member.TRAINER);

        RunResult result = cluster.awaitResult(run);
        assertThat(cluster.pipeline().events(run))
                .anyMatch(event -> event.state() == RunEvent.State.RESUMED && event.step() < rotten);
        cluster.auditor().leaveOut(run + "-again");
        cluster.begin(run + "-again", ROTTING);
        assertThat(cluster.awaitResult(run + "-again")).isEqualTo(result);
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                argumentSet("a truncated manifest", damage(bytes -> Arrays.copyOf(bytes, bytes.length / 2)), true),
                argumentSet("a blob with a flipped bit", damage(StoreFaultsIT::flipped), false));
    }

    static Stream<Arguments> moreDamages() {
        return Stream.of(
                argumentSet("a manifest of another version", damage(StoreFaultsIT::ofTheFuture), true),
                argumentSet("an endless manifest", damage(bytes -> Arrays.copyOf(bytes, 4 << 20)), true),
                argumentSet("a truncated blob", damage(bytes -> Arrays.copyOf(bytes, bytes.length / 2)), false));
    }

    @Test
    void aStoreWithoutItsConditionIsRefusedAtTheStart() throws Exception {
        try (FaultyStore racing = new FaultyStore(directory.resolve("racing"))) {
            racing.breaks(StoreFault.of(Verb.PUT, "", new Effect.IgnoreCondition()));
            int port = FaultyCluster.anyPort();
            Process service = cluster.another(
                    Member.CHECKPOINT, port, Map.of(), "-Dvaestream.checkpoint.s3.endpoint=" + racing.endpoint());
            try {
                assertThat(cluster.awaitTrouble(port)).contains("If-None-Match");
            } finally {
                service.destroyForcibly();
            }
        }
    }

    /** The newest step of a run whose trainer stands still, once the commit that may have been under way has ended. */
    private static long settledStep(String run) {
        long[] step = {cluster.step(run)};
        await("the end of a commit")
                .atMost(PATIENCE)
                .during(Duration.ofSeconds(2))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    long before = step[0];
                    step[0] = cluster.step(run);
                    return before == step[0];
                });
        return step[0];
    }

    private static String beginAndAwaitMiddle() {
        return beginAndAwaitMiddle(spec());
    }

    private static String beginAndAwaitMiddle(RunSpec spec) {
        String run = "faulted-" + runs++;
        cluster.begin(run, spec);
        cluster.awaitStep(run, 2 * SAVED_EVERY);
        return run;
    }

    private static RunSpec spec() {
        return Runs.small(STREAM, STEPS, SAVED_EVERY);
    }

    private static StoreFault fault(Verb verb, String key, Effect effect, int times) {
        return StoreFault.of(verb, key, effect).times(times);
    }

    private static Consumer<FaultyCluster> breaks(Verb verb, Effect effect) {
        return cluster -> cluster.store().breaks(StoreFault.of(verb, "", effect));
    }

    private static Consumer<FaultyCluster> wire(Consumer<FaultyCluster> outage) {
        return outage;
    }

    private static UnaryOperator<byte[]> damage(UnaryOperator<byte[]> damage) {
        return damage;
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] flipped = bytes.clone();
        flipped[flipped.length / 2] ^= 1;
        return flipped;
    }

    private static byte[] ofTheFuture(byte[] manifest) {
        return FaultyStore.utf8(new String(manifest, java.nio.charset.StandardCharsets.UTF_8)
                .replace("vaestream/checkpoint/1", "vaestream/checkpoint/9"));
    }
}
