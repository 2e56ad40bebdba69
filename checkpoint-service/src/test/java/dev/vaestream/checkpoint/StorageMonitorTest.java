package dev.vaestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vaestream.checkpoint.StorageHealth.Fitness;
import org.junit.jupiter.api.Test;

class StorageMonitorTest {
    private final SwitchedObjectStorage storage = new SwitchedObjectStorage();
    private int starts;
    private final StorageMonitor monitor =
            new StorageMonitor(storage, new ConformanceProbe(storage), () -> starts++, false);

    @Test
    void beforeTheFirstLookNothingMayBeWritten() {
        assertThat(monitor.health().ready()).isFalse();
        refused(Problem.STORAGE_UNAVAILABLE, "bucket test in memory has not answered yet");
    }

    @Test
    void aStoreThatHoldsWhatCommitsNeedIsReady() {
        monitor.check();

        assertThat(monitor.health()).isEqualTo(new StorageHealth(Fitness.FIT, true, "bucket test in memory"));
        assertThatCode(monitor::requireFit).doesNotThrowAnyException();
        assertThat(starts).isEqualTo(1);
    }

    @Test
    void aStoreThatIsAwayIsNotReadyUntilItIsBack() {
        storage.away = true;
        monitor.check();
        assertThat(monitor.health()).isEqualTo(new StorageHealth(Fitness.UNKNOWN, false, "the store is away"));

        storage.away = false;
        monitor.check();

        assertThat(monitor.health().ready()).isTrue();
        assertThat(starts).isEqualTo(1);
    }

    @Test
    void aStoreThatGoesAwayIsStillFit() {
        monitor.check();
        storage.away = true;

        monitor.check();

        assertThat(monitor.health()).isEqualTo(new StorageHealth(Fitness.FIT, false, "the store is away"));
        assertThatCode(monitor::requireFit).doesNotThrowAnyException();
    }

    @Test
    void aServiceThatOnlyReadsTriesNothingAndRefusesEveryWrite() {
        InMemoryObjectStorage untouched = new InMemoryObjectStorage();
        StorageMonitor reading = new StorageMonitor(untouched, new ConformanceProbe(untouched), () -> starts++, true);

        reading.check();

        assertThat(reading.health())
                .isEqualTo(new StorageHealth(Fitness.FIT, true, "bucket test in memory, read only"));
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(reading::requireFit)
                .withMessageContaining("vaestream.checkpoint.read-only is set")
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.READ_ONLY));
        assertThat(starts).isZero();
    }

    @Test
    void aStoreIsStartedWithOnce() {
        monitor.check();
        storage.away = true;
        monitor.check();
        storage.away = false;

        monitor.check();

        assertThat(starts).isEqualTo(1);
    }

    @Test
    void anUnfitStoreIsReachableAndRefused() {
        storage.ignoresConditions = true;

        monitor.check();

        assertThat(monitor.health().fitness()).isEqualTo(Fitness.UNFIT);
        assertThat(monitor.health().ready()).isFalse();
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(monitor::requireFit)
                .withMessageStartingWith("bucket test in memory lets 8 of 8 writers")
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.STORAGE_UNFIT));
        assertThat(starts).isZero();
    }

    @Test
    void aStoreThatHasBeenRepairedIsReady() {
        storage.ignoresConditions = true;
        monitor.check();
        storage.ignoresConditions = false;

        monitor.check();

        assertThat(monitor.health().ready()).isTrue();
    }

    private void refused(Problem problem, String message) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(monitor::requireFit)
                .withMessage(message)
                .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
    }

    private static final class SwitchedObjectStorage extends InMemoryObjectStorage {
        private volatile boolean away;
        private volatile boolean ignoresConditions;

        @Override
        public void ensureBucket() {
            if (away) {
                throw new StorageUnavailableException("the store is away");
            }
        }

        @Override
        public boolean createIfAbsent(String key, byte[] content) {
            if (ignoresConditions) {
                overwrite(key, content);
                return true;
            }
            return super.createIfAbsent(key, content);
        }
    }
}
