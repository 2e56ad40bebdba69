package dev.vaestream.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every object storage must do, the fake one too. */
abstract class ObjectStorageContract {
    private ObjectStorage storage;

    /** An empty bucket. */
    abstract ObjectStorage newStorage();

    @BeforeEach
    void create() {
        storage = newStorage();
        storage.ensureBucket();
    }

    @Test
    void aBucketThatExistsIsLeftAsItIs() {
        storage.createIfAbsent("a", bytes("1"));

        storage.ensureBucket();

        assertThat(storage.document("a")).contains(bytes("1"));
    }

    @Test
    void aFreshKeyIsCreated() {
        assertThat(storage.createIfAbsent("runs/a/run.json", bytes("{}"))).isTrue();

        assertThat(storage.document("runs/a/run.json")).contains(bytes("{}"));
    }

    @Test
    void aTakenKeyKeepsItsContent() {
        storage.createIfAbsent("a", bytes("first"));

        assertThat(storage.createIfAbsent("a", bytes("second"))).isFalse();

        assertThat(storage.document("a")).contains(bytes("first"));
    }

    @Test
    void ofManyCreatesExactlyOneWins() throws Exception {
        int threads = 8;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 10; round++) {
                String key = "race/" + round;
                CyclicBarrier start = new CyclicBarrier(threads);
                List<Future<Boolean>> created = new ArrayList<>();
                for (int thread = 0; thread < threads; thread++) {
                    byte[] content = bytes("thread " + thread);
                    created.add(executor.submit(() -> {
                        start.await();
                        return storage.createIfAbsent(key, content);
                    }));
                }
                List<Integer> winners = new ArrayList<>();
                for (int thread = 0; thread < threads; thread++) {
                    if (created.get(thread).get()) {
                        winners.add(thread);
                    }
                }
                assertThat(winners).hasSize(1);
                assertThat(storage.document(key)).contains(bytes("thread " + winners.get(0)));
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void aDeletedKeyCanBeCreatedAgain() {
        storage.createIfAbsent("a", bytes("first"));
        storage.delete("a");

        assertThat(storage.createIfAbsent("a", bytes("second"))).isTrue();
    }

    @Test
    void whatIsPutIsReadBackBitForBit() throws IOException {
        byte[] blob = new byte[4_000_003];
        new Random(1).nextBytes(blob);

        put("blobs/large", blob);

        assertThat(storage.get("blobs/large", content -> content.readAllBytes()))
                .hasValueSatisfying(read -> assertThat(read).isEqualTo(blob));
    }

    @Test
    void aPutReplaces() throws IOException {
        put("a", bytes("first"));

        put("a", bytes("second"));

        assertThat(storage.document("a")).contains(bytes("second"));
    }

    @Test
    void nothingCanBePut() throws IOException {
        put("a", new byte[0]);

        assertThat(storage.stat("a")).map(ObjectStat::bytes).contains(0L);
    }

    @Test
    void bytesThatChangeOnTheWayAreNotTaken() throws IOException {
        try (Spool spool = Spool.of(new ByteArrayInputStream(bytes("content")), 7)) {
            spool.rewound().write('C');

            assertThatThrownBy(() -> storage.put("a", spool)).isInstanceOf(StorageUnavailableException.class);
        }
        assertThat(storage.document("a")).isEmpty();
    }

    @Test
    void sizeIsInBytes() throws IOException {
        put("a", new byte[70_000]);

        assertThat(storage.stat("a")).map(ObjectStat::bytes).contains(70_000L);
    }

    @Test
    void timeIsTheStoresOwnOnEveryWay() {
        storage.createIfAbsent("a", bytes("1"));
        storage.put("b", bytes("2"));

        for (StoredObject object : storage.list("")) {
            ObjectStat stat = storage.stat(object.key()).orElseThrow();
            assertThat(stat.modifiedAt())
                    .isCloseTo(object.modifiedAt(), within(1, SECONDS))
                    .isBetween(stat.now().minusSeconds(60), stat.now().plusSeconds(1));
            assertThat(stat.age()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        }
    }

    @Test
    void whatIsAbsentHasNoSize() {
        assertThat(storage.stat("a")).isEmpty();
    }

    @Test
    void whatIsAbsentCannotBeRead() {
        assertThat(storage.document("a")).isEmpty();
    }

    @Test
    void whatIsDeletedIsAbsent() {
        storage.createIfAbsent("a", bytes("1"));

        storage.delete("a");

        assertThat(storage.document("a")).isEmpty();
    }

    @Test
    void whatIsAbsentIsDeletedAlready() {
        storage.delete("a");

        assertThat(storage.document("a")).isEmpty();
    }

    @Test
    void aListingHasEveryKeyUnderThePrefixInOrder() {
        for (String key : List.of("runs/b/run.json", "runs/a/run.json", "runs/a/writers/1.json", "blobs/sha256/0")) {
            storage.createIfAbsent(key, bytes("{}"));
        }

        assertThat(storage.list("runs/"))
                .extracting(StoredObject::key)
                .containsExactly("runs/a/run.json", "runs/a/writers/1.json", "runs/b/run.json");
    }

    @Test
    void aListingOfNothingIsEmpty() {
        assertThat(storage.list("runs/absent/")).isEmpty();
    }

    @Test
    void aListingGoesOnPastAThousandKeys() {
        for (int i = 0; i < 1_050; i++) {
            storage.createIfAbsent("many/%04d".formatted(i), bytes("1"));
        }

        assertThat(storage.list("many/"))
                .hasSize(1_050)
                .last()
                .extracting(StoredObject::key)
                .isEqualTo("many/1049");
    }

    @Test
    void otherBytesUnderAKeyHaveAnotherVersion() {
        storage.createIfAbsent("a", bytes("1"));
        String before = storage.list("a").get(0).version();
        storage.delete("a");
        storage.createIfAbsent("a", bytes("2"));

        assertThat(storage.list("a").get(0).version()).isNotEmpty().isNotEqualTo(before);
    }

    private void put(String key, byte[] content) throws IOException {
        try (Spool spool = Spool.of(new ByteArrayInputStream(content), content.length)) {
            storage.put(key, spool);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
