package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RefreshLoopTest {
    private static final Duration NEVER = Duration.ofDays(1);

    private final AtomicInteger refreshes = new AtomicInteger();

    @Test
    void theFirstRefreshNeedsNoHint() {
        try (RefreshLoop loop = loop(NEVER)) {
            loop.start();
            Patience.await().untilAtomic(refreshes, is(1));
        }
    }

    @Test
    void refreshesGoOnWithoutHints() {
        try (RefreshLoop loop = loop(Duration.ofMillis(1))) {
            loop.start();
            Patience.await().untilAtomic(refreshes, greaterThan(5));
        }
    }

    @Test
    void aHintIsFollowedBeforeTheInterval() {
        try (RefreshLoop loop = loop(NEVER)) {
            loop.start();
            Patience.await().untilAtomic(refreshes, is(1));

            loop.hint();

            Patience.await().untilAtomic(refreshes, is(2));
        }
    }

    @Test
    void hintsThatComeWhileARefreshRunsAreOneMore() {
        CountDownLatch hinted = new CountDownLatch(1);
        Runnable refresh = () -> {
            refreshes.incrementAndGet();
            awaitQuietly(hinted);
        };
        try (RefreshLoop loop = new RefreshLoop(refresh, NEVER)) {
            loop.start();
            Patience.await().untilAtomic(refreshes, is(1));
            for (int i = 0; i < 10_000; i++) {
                loop.hint();
            }
            hinted.countDown();

            Patience.await().untilAtomic(refreshes, is(2));
        }
        assertThat(refreshes).hasValue(2);
    }

    @Test
    void nothingIsRefreshedOnceItIsClosed() {
        RefreshLoop loop = loop(Duration.ofMillis(1));
        loop.start();
        Patience.await().untilAtomic(refreshes, greaterThan(0));
        loop.close();
        int before = refreshes.get();

        loop.hint();

        assertThat(refreshes).hasValue(before);
    }

    private RefreshLoop loop(Duration interval) {
        return new RefreshLoop(refreshes::incrementAndGet, interval);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
