package dev.vaestream.sampler;

import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Topic {@code checkpoints}. Whatever a message holds, it only says that looking is worth it: storage is the truth, so
 * a lost, doubled or damaged message costs nothing but the time until the next look.
 */
@Singleton
final class CheckpointHints {
    static final String CHANNEL = "checkpoints";

    private final RefreshLoop loop;

    CheckpointHints(RefreshLoop loop) {
        this.loop = loop;
    }

    @Incoming(CHANNEL)
    CompletionStage<Void> onEvent(Message<byte[]> event) {
        loop.hint();
        return event.ack();
    }
}
