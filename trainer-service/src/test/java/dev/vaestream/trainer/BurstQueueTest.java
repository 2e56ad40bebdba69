package dev.vaestream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BurstQueueTest {
    private static final Duration NOW = Duration.ZERO;
    private static final Duration LONG = Duration.ofSeconds(30);

    private final BurstQueue<Integer> queue = new BurstQueue<>(4);

    @Test
    void elementsComeInOrder() throws InterruptedException {
        queue.offer(1, NOW);
        queue.offer(2, NOW);

        assertThat(queue.poll(NOW)).isEqualTo(1);
        assertThat(queue.poll(NOW)).isEqualTo(2);
        assertThat(queue.poll(NOW)).isNull();
    }

    @Test
    void afterItWasFullNothingGoesInBeforeHalfIsOut() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            assertThat(queue.offer(i, NOW)).isTrue();
        }

        queue.poll(NOW);
        assertThat(queue.offer(4, NOW)).isFalse();
        queue.poll(NOW);
        assertThat(queue.offer(4, NOW)).isTrue();
    }

    @Test
    void beforeItIsFullEveryPlaceCanBeTaken() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            queue.offer(i, NOW);
        }
        queue.poll(NOW);

        assertThat(queue.offer(3, NOW)).isTrue();
        assertThat(queue.offer(4, NOW)).isTrue();
        assertThat(queue.size()).isEqualTo(4);
    }

    @Test
    void aWaitingConsumerGetsWhatComes() throws InterruptedException {
        CompletableFuture<Integer> taken = CompletableFuture.supplyAsync(() -> poll(queue));

        queue.offer(7, NOW);

        assertThat(taken.join()).isEqualTo(7);
    }

    @Test
    void everythingGetsThroughAQueueOfOne() {
        BurstQueue<Integer> narrow = new BurstQueue<>(1);
        CompletableFuture<Void> producer = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 1_000; i++) {
                offer(narrow, i);
            }
        });
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            taken.add(poll(narrow));
        }

        producer.join();
        assertThat(taken).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
    }

    @Test
    void aQueueWithoutRoomIsRefused() {
        assertThatThrownBy(() -> new BurstQueue<>(0)).hasMessage("capacity is 0; it must be at least 1");
    }

    private static Integer poll(BurstQueue<Integer> queue) {
        try {
            return queue.poll(LONG);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void offer(BurstQueue<Integer> queue, int element) {
        try {
            assertThat(queue.offer(element, LONG)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
