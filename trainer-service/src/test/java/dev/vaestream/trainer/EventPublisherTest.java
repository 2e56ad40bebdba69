package dev.vaestream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.junit.jupiter.api.Test;

class EventPublisherTest {
    private final List<Message<byte[]>> sent = new ArrayList<>();
    private final EventPublisher publisher = new EventPublisher("events", sent::add, Duration.ofMillis(20));

    @Test
    void allIsInKafkaWhenTheFlushReturns() {
        send("a");
        send("b");
        sent.forEach(Message::ack);

        publisher.flush();

        assertThat(values()).containsExactly("a", "b");
    }

    @Test
    void withoutAcknowledgmentKafkaIsUnavailable() {
        send("a");

        assertThatThrownBy(publisher::flush)
                .isInstanceOf(UnavailableException.class)
                .hasMessage("Kafka has not taken 1 events for 'events'");
    }

    @Test
    void whatWasRefusedIsSentAgain() {
        send("a");
        sent.get(0).nack(new IllegalStateException("no"));

        assertThatThrownBy(publisher::flush).isInstanceOf(UnavailableException.class);
        sent.get(1).ack();

        publisher.flush();
        assertThat(values()).containsExactly("a", "a");
    }

    @Test
    void aClosedChannelKeepsTheEvent() {
        List<Message<byte[]>> taken = new ArrayList<>();
        boolean[] open = {false};
        EventPublisher late = new EventPublisher(
                "events",
                message -> {
                    if (!open[0]) {
                        throw new IllegalStateException("no subscriber");
                    }
                    taken.add(message);
                    message.ack();
                },
                Duration.ofMillis(20));
        late.send(new byte[] {1}, Metadata.empty());
        open[0] = true;

        late.flush();

        assertThat(taken).hasSize(1);
    }

    @Test
    void moreThanKafkaTakesIsNotPiledUp() {
        for (int i = 0; i < 128; i++) {
            send("event");
        }

        assertThatThrownBy(() -> send("one more")).isInstanceOf(UnavailableException.class);
        assertThat(sent).hasSize(128);
    }

    private void send(String value) {
        publisher.send(value.getBytes(StandardCharsets.UTF_8), Metadata.empty());
    }

    private List<String> values() {
        return sent.stream()
                .map(message -> new String(message.getPayload(), StandardCharsets.UTF_8))
                .toList();
    }
}
