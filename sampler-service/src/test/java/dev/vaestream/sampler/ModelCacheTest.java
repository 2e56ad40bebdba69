package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ModelCacheTest {
    private static final long PARAMS_BYTES = Fixtures.tinyParams(0).length;

    private final FakeDecoder first = new FakeDecoder(Fixtures.TINY, 1);
    private final FakeDecoder second = new FakeDecoder(Fixtures.TINY, 2);
    private final FakeDecoder third = new FakeDecoder(Fixtures.TINY, 3);

    @Test
    void whatWasAddedIsLeasedByItsName() {
        ModelCache cache = new ModelCache(2, Long.MAX_VALUE);
        cache.add(model(1, first)).close();

        try (Lease lease = cache.lease("demo/1").orElseThrow()) {
            assertThat(lease.model().decoder()).isSameAs(first);
        }
        assertThat(first.closes()).isZero();
    }

    @Test
    void whatWasNotAddedIsNotThere() {
        assertThat(new ModelCache(2, Long.MAX_VALUE).lease("demo/1")).isEmpty();
    }

    @Test
    void theLeastRecentlyLeasedGoesFirst() {
        ModelCache cache = new ModelCache(2, Long.MAX_VALUE);
        cache.add(model(1, first)).close();
        cache.add(model(2, second)).close();
        cache.lease("demo/1").orElseThrow().close();

        cache.add(model(3, third)).close();

        assertThat(first.closes()).isZero();
        assertThat(second.closes()).isEqualTo(1);
        assertThat(cache.lease("demo/2")).isEmpty();
    }

    @Test
    void asManyGoAsTheirBytesAskFor() {
        ModelCache cache = new ModelCache(9, 2 * PARAMS_BYTES);
        cache.add(model(1, first)).close();
        cache.add(model(2, second)).close();

        cache.add(model(3, third)).close();

        assertThat(first.closes()).isEqualTo(1);
        assertThat(cache.size()).isEqualTo(2);
    }

    @Test
    void whatGoesStaysOpenForItsReader() {
        ModelCache cache = new ModelCache(1, Long.MAX_VALUE);
        Lease reader = cache.add(model(1, first));

        cache.add(model(2, second)).close();

        assertThat(first.closes()).isZero();
        reader.close();
        assertThat(first.closes()).isEqualTo(1);
    }

    @Test
    void whatFitsByNoMeansLivesAsLongAsItsReader() {
        ModelCache cache = new ModelCache(1, PARAMS_BYTES - 1);

        Lease reader = cache.add(model(1, first));

        assertThat(cache.size()).isZero();
        assertThat(first.closes()).isZero();
        reader.close();
        assertThat(first.closes()).isEqualTo(1);
    }

    @Test
    void fewerThanNoModelsAreRefused() {
        assertThatThrownBy(() -> new ModelCache(-1, 0))
                .hasMessage("-1 models of 0 bytes are kept loaded; neither may be negative");
    }

    @Test
    void theSameNameAgainReplacesWhatWasThere() {
        ModelCache cache = new ModelCache(9, 2 * PARAMS_BYTES);
        cache.add(model(1, first)).close();

        cache.add(model(1, second)).close();

        assertThat(first.closes()).isEqualTo(1);
        assertThat(cache.size()).isEqualTo(1);
    }

    @Test
    void closingClosesAllAndEveryLaterOneAfterItsReader() {
        ModelCache cache = new ModelCache(9, Long.MAX_VALUE);
        cache.add(model(1, first)).close();
        cache.close();

        cache.add(model(2, second)).close();

        assertThat(first.closes()).isEqualTo(1);
        assertThat(second.closes()).isEqualTo(1);
        assertThat(cache.size()).isZero();
    }

    private static Model model(long step, FakeDecoder decoder) {
        return new Model(Fixtures.tinyCheckpoint("demo", step), decoder, Fixtures.NOON);
    }
}
