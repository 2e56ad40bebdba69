package dev.vaestream.local;

import java.time.Duration;
import java.util.Optional;

/** How long to wait before a process that died is started again, and when to stop trying. */
final class RestartPolicy {
    static final int LIMIT = 6;

    private static final Duration LONGEST = Duration.ofSeconds(5);
    /** A process that has lived this long did not die of its start. */
    private static final Duration SETTLED = Duration.ofSeconds(30);

    private final Duration first;
    private final boolean endless;
    private int deathsInARow;

    RestartPolicy() {
        this(Duration.ofMillis(250));
    }

    /** @param first pause, which doubles with every further death */
    RestartPolicy(Duration first) {
        this(first, false);
    }

    private RestartPolicy(Duration first, boolean endless) {
        this.first = first;
        this.endless = endless;
    }

    /** Starts it again after every death, always after the same {@code pause}. */
    static RestartPolicy endless(Duration pause) {
        return new RestartPolicy(pause, true);
    }

    /** The pause after a death; empty after {@link #LIMIT} deaths, none of a process that had settled. */
    Optional<Duration> afterDeath(Duration lived) {
        if (endless) {
            return Optional.of(first);
        }
        deathsInARow = lived.compareTo(SETTLED) >= 0 ? 1 : deathsInARow + 1;
        if (deathsInARow >= LIMIT) {
            return Optional.empty();
        }
        Duration pause = first.multipliedBy(1L << (deathsInARow - 1));
        return Optional.of(pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
    }
}
