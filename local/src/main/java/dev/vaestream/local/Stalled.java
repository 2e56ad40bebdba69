package dev.vaestream.local;

import dev.vaestream.contracts.StreamStatus;
import java.time.Duration;
import java.util.List;

/** Says what a run waits for when nothing has been heard of it for a while. */
final class Stalled {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final List<Member> ASKED = List.of(Member.TRAINER, Member.CHECKPOINT, Member.INGEST);

    private final Services services;
    private final String stream;
    private final Screen screen;
    private long heard = System.nanoTime();
    private String said = "";

    Stalled(Services services, String stream, Screen screen) {
        this.services = services;
        this.stream = stream;
        this.screen = screen;
    }

    /** @param progress whether something was heard since the last look */
    void look(boolean progress) {
        long now = System.nanoTime();
        if (progress) {
            heard = now;
            said = "";
        } else if (now - heard > PATIENCE.toNanos()) {
            heard = now;
            String reason = reason();
            if (!reason.equals(said)) {
                screen.line(Text.labelled("waiting", reason));
                said = reason;
            }
        }
    }

    private String reason() {
        return ASKED.stream()
                .flatMap(member -> services.readiness(member).trouble().stream()
                        .map(trouble -> "for " + member.title() + ": " + trouble))
                .findFirst()
                .or(() -> services.stream(stream).map(StreamStatus::problem).map(problem -> "for stream: " + problem))
                .orElse("for the trainer");
    }
}
