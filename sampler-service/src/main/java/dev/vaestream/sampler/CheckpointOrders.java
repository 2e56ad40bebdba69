package dev.vaestream.sampler;

import dev.vaestream.contracts.AliasRequest;
import dev.vaestream.contracts.AliasRollback;
import dev.vaestream.contracts.Json;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** What the page has the checkpoint service do; so many at a time. */
final class CheckpointOrders {
    private static final int AT_ONCE = 4;
    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    private final CheckpointClient client;
    private final boolean mayMoveAliases;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    CheckpointOrders(CheckpointClient client, boolean mayMoveAliases) {
        this.client = client;
        this.mayMoveAliases = mayMoveAliases;
    }

    /** @throws ChangesForbiddenException where it is set up so */
    ServiceAnswer promote(String run, String alias, AliasRequest request) {
        requireAllowed(alias);
        return inTurn(() -> client.order("PUT", run, "aliases/" + alias, Json.write(request)));
    }

    /** @throws ChangesForbiddenException where it is set up so */
    ServiceAnswer rollBack(String run, String alias, AliasRollback request) {
        requireAllowed(alias);
        return inTurn(() -> client.order("POST", run, "aliases/%s/rollback".formatted(alias), Json.write(request)));
    }

    ServiceAnswer verify(String run, long step) {
        return inTurn(() -> client.order("POST", run, "checkpoints/%d/verification".formatted(step), NOTHING));
    }

    private void requireAllowed(String alias) {
        if (!mayMoveAliases) {
            throw new ChangesForbiddenException(
                    "alias %s stays where it is: vaestream.page.may-move-aliases is false".formatted(alias));
        }
    }

    private ServiceAnswer inTurn(Supplier<ServiceAnswer> order) {
        if (!turns.tryAcquire()) {
            throw new BusyException("The checkpoint service is at %d orders already".formatted(AT_ONCE));
        }
        try {
            return order.get();
        } finally {
            turns.release();
        }
    }
}
