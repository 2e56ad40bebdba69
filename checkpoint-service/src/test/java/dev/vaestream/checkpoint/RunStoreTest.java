package dev.vaestream.checkpoint;

import static dev.vaestream.checkpoint.FaultyObjectStorage.Fault.ANSWER_LOST;
import static dev.vaestream.checkpoint.FaultyObjectStorage.Fault.REFUSED_BY_ITSELF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.WriterClaim;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RunStoreTest {
    private final FaultyObjectStorage storage = new FaultyObjectStorage();
    private final RunStore runs = new RunStore(storage, Examples.CLOCK);

    @Test
    void theFirstClaimBeginsTheRun() {
        runs.claim(Examples.claim("demo", 4));

        assertThat(runs.identity("demo")).contains(Examples.identity("demo", 4));
        assertThat(runs.runs()).containsExactly("demo");
    }

    @Test
    void epochsCountFromOne() {
        assertThat(runs.highestEpoch("demo")).isZero();

        assertThat(runs.claim(Examples.claim("demo", 4)).epoch()).isEqualTo(1);
        assertThat(runs.claim(Examples.claim("demo", 4)).epoch()).isEqualTo(2);

        assertThat(runs.highestEpoch("demo")).isEqualTo(2);
    }

    @Test
    void epochsAreOrderedAsNumbers() {
        LongStream.rangeClosed(1, 11).forEach(epoch -> runs.claim(Examples.claim("demo", 4)));

        assertThat(runs.highestEpoch("demo")).isEqualTo(11);
    }

    @Test
    void aWriterSaysWhoHoldsIt() {
        runs.claim(Examples.claim("demo", 4));

        assertThat(storage.document("runs/demo/writers/1.json"))
                .hasValueSatisfying(writer -> assertThat(Json.read(writer, Writer.class))
                        .isEqualTo(new Writer("demo", 1, "trainer-1", Examples.NOW)));
    }

    @Test
    void writersThatClaimAtOnceAllHaveAnEpochOfTheirOwn() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Long>> claims = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String holder = "trainer-" + i;
                claims.add(threads.submit(() -> new RunStore(storage, Examples.CLOCK)
                        .claim(new WriterClaim(holder, Examples.identity("demo", 4)))
                        .epoch()));
            }
            List<Long> epochs = new ArrayList<>();
            for (Future<Long> claim : claims) {
                epochs.add(claim.get());
            }
            assertThat(epochs)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, 40).boxed().toList());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void unclearAnswersCostNoEpoch() {
        storage.next(ANSWER_LOST, REFUSED_BY_ITSELF);

        assertThat(runs.claim(Examples.claim("demo", 4)).epoch()).isEqualTo(1);
    }

    @Test
    void anotherIdentityIsRefusedBeforeAnEpochIsSpent() {
        runs.claim(Examples.claim("demo", 4));

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> runs.claim(Examples.claim("demo", 3)))
                .withMessage("Run demo was begun as another one: spec.checkpoints.maxToKeep is 4, here 3")
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.RUN_DIFFERS));
        assertThat(runs.highestEpoch("demo")).isEqualTo(1);
    }

    @Test
    void anIdentityThatCannotBeReadIsSaidSo() {
        storage.overwrite("runs/demo/run.json", Examples.bytes("{\"run\": 1}"));

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> runs.identity("demo"))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.RUN_CORRUPT));
    }

    @Test
    void anIdentityOfAnotherRunIsSaidSo() {
        storage.overwrite("runs/demo/run.json", Json.write(Examples.identity("other", 4)));

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> runs.identity("demo"))
                .withMessage("Run demo is stored as run other");
    }
}
