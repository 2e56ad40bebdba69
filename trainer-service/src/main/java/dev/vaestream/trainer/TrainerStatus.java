package dev.vaestream.trainer;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** What the trainer waits for that ought to be there: the reasons why it is not ready. */
final class TrainerStatus {
    private final Map<String, String> waiting = new ConcurrentSkipListMap<>();

    /** @param what one word for the part that waits; a newer reason replaces the older */
    void waits(String what, String reason) {
        waiting.put(what, reason);
    }

    void goesOn(String what) {
        waiting.remove(what);
    }

    Map<String, String> reasons() {
        return Map.copyOf(waiting);
    }
}
