package dev.vaestream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SendWindowTest {
    @Test
    void theSendBeyondTheWindowWaitsForAnAnswer() throws Exception {
        SendWindow window = new SendWindow(2);
        CompletableFuture<Void> first = new CompletableFuture<>();
        AtomicInteger sent = new AtomicInteger();
        Thread sender = new Thread(() -> sendThree(window, first, sent));
        sender.start();
        await().until(() -> sender.getState() == Thread.State.WAITING);
        int before = sent.get();

        first.complete(null);

        sender.join();
        assertThat(before).isEqualTo(2);
        assertThat(sent).hasValue(3);
    }

    @Test
    void afterAFailureNothingIsSent() throws Exception {
        SendWindow window = new SendWindow(4);
        AtomicInteger sent = new AtomicInteger();
        window.send(() -> CompletableFuture.failedFuture(new IllegalStateException("too large")));

        assertThatThrownBy(() -> window.send(() -> {
                    sent.incrementAndGet();
                    return CompletableFuture.completedFuture(null);
                }))
                .isInstanceOf(KafkaUnavailableException.class)
                .hasMessage("Kafka refused a record: too large");
        assertThat(sent).hasValue(0);
    }

    @Test
    void aFailureOfTheLastSendIsNotLost() throws Exception {
        SendWindow window = new SendWindow(4);

        window.send(() -> CompletableFuture.failedFuture(new IllegalStateException("too large")));

        assertThatThrownBy(window::requireAllAcknowledged).isInstanceOf(KafkaUnavailableException.class);
    }

    @Test
    void theWindowHoldsAsManyMessagesAsFit() {
        assertThat(SendWindow.ofBytes(8 << 20, 12_544).size()).isEqualTo(668);
    }

    @Test
    void aMessageLargerThanTheWindowIsSentAlone() {
        assertThat(SendWindow.ofBytes(1000, 12_544).size()).isEqualTo(1);
    }

    @Test
    void theWindowOfTinyMessagesIsBoundedToo() {
        assertThat(SendWindow.ofBytes(1 << 30, 10).size()).isEqualTo(1000);
    }

    private static void sendThree(SendWindow window, CompletableFuture<Void> first, AtomicInteger sent) {
        try {
            for (int i = 0; i < 3; i++) {
                window.send(() -> {
                    sent.incrementAndGet();
                    return first;
                });
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
