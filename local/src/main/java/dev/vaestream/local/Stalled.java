package dev.vaestream.local;

import java.time.Duration;
import java.util.List;

/** Says what a run waits for when nothing has been heard of it for a while. */
final class Stalled {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final List<Member> ASKED = List.of(Member.TRAINER, Member.CHECKPOINT, Member.INGEST);

    private final Services services;
    private final Screen screen;
    private long heard = System.nanoTime();
    private String said = "";

    Stalled(Services services, Screen screen) {
        this.services = services;
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
                .flatMap(member -> services.health(member).trouble().stream()
                        .map(reason -> "for " + member.title() + ": " + reason))
                .findFirst()
                .orElse("for the trainer");
    }
}
