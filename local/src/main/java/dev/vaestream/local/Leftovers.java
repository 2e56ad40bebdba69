package dev.vaestream.local;

import java.time.Duration;

/** What a supervisor left running that was killed before it could stop its children. */
final class Leftovers {
    private Leftovers() {}

    /** Ends them. Only to be called by who holds the directory's lock: then no supervisor is there to own them. */
    static void end(StateDirectory directory, Duration grace) {
        directory.running().ifPresent(running -> {
            running.members().stream()
                    .flatMap(id -> Processes.find(id).stream())
                    .forEach(handle -> Processes.end(handle, grace));
            directory.forgetRunning();
        });
    }
}
