package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CurrentModelTest {
    private final CurrentModel current = new CurrentModel();
    private final FakeDecoder first = new FakeDecoder(Fixtures.TINY, 1);
    private final FakeDecoder second = new FakeDecoder(Fixtures.TINY, 2);

    @Test
    void nothingIsLeasedBeforeTheFirstModel() {
        assertThat(current.lease()).isEmpty();
    }

    @Test
    void aReplacedModelIsClosedAtOnceWhereNobodyReadsIt() {
        current.replace(model(first));

        current.replace(model(second));

        assertThat(first.closes()).isEqualTo(1);
        assertThat(second.closes()).isZero();
    }

    @Test
    void aReplacedModelStaysOpenForItsReader() {
        current.replace(model(first));
        try (Lease lease = current.lease().orElseThrow()) {
            current.replace(model(second));

            assertThat(lease.model().decoder()).isSameAs(first);
            assertThat(first.closes()).isZero();
        }
        assertThat(first.closes()).isEqualTo(1);
    }

    @Test
    void theLastOfTwoReadersClosesIt() {
        current.replace(model(first));
        Lease one = current.lease().orElseThrow();
        Lease two = current.lease().orElseThrow();
        current.replace(model(second));

        one.close();
        assertThat(first.closes()).isZero();
        two.close();
        assertThat(first.closes()).isEqualTo(1);
    }

    @Test
    void aLeaseGivenBackTwiceIsGivenBackOnce() {
        current.replace(model(first));
        Lease lease = current.lease().orElseThrow();
        lease.close();

        lease.close();

        assertThat(first.closes()).isZero();
    }

    @Test
    void aNewReaderGetsTheNewModel() {
        current.replace(model(first));
        current.replace(model(second));

        try (Lease lease = current.lease().orElseThrow()) {
            assertThat(lease.model().decoder()).isSameAs(second);
        }
    }

    @Test
    void aModelThatIsNotTheWantedOneIsGivenBack() {
        current.replace(model(first));

        assertThat(current.lease(checkpoint -> false)).isEmpty();

        current.close();
        assertThat(first.closes()).isEqualTo(1);
    }

    @Test
    void closingClosesTheModelAndEveryLaterOne() {
        current.replace(model(first));
        current.close();

        current.replace(model(second));

        assertThat(first.closes()).isEqualTo(1);
        assertThat(second.closes()).isEqualTo(1);
        assertThat(current.lease()).isEmpty();
    }

    @Test
    void noReaderMeetsAClosedDecoderWhileModelsAreSwapped() throws Exception {
        List<FakeDecoder> decoders = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            decoders.add(new FakeDecoder(Fixtures.TINY, i));
        }
        current.replace(model(first));
        AtomicBoolean swapping = new AtomicBoolean(true);
        ExecutorService readers = Executors.newFixedThreadPool(4);
        List<Future<Integer>> reads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            reads.add(readers.submit(readWhile(swapping)));
        }

        decoders.forEach(decoder -> current.replace(model(decoder)));

        swapping.set(false);
        for (Future<Integer> read : reads) {
            assertThat(read.get()).isPositive();
        }
        readers.shutdown();
        current.close();
        assertThat(first.closes()).isEqualTo(1);
        assertThat(decoders).allSatisfy(decoder -> assertThat(decoder.closes()).isEqualTo(1));
    }

    /** Fails where the fake says that it was used after it was closed. */
    private Callable<Integer> readWhile(AtomicBoolean swapping) {
        return () -> {
            int reads = 0;
            do {
                try (Lease lease = current.lease().orElseThrow()) {
                    lease.model().decoder().decode(new float[] {1, 1}, new int[] {1});
                    reads++;
                }
            } while (swapping.get());
            return reads;
        };
    }

    private static Model model(FakeDecoder decoder) {
        return new Model(Fixtures.tinyCheckpoint("demo", 1), decoder, Fixtures.NOON);
    }
}
