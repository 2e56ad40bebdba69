package dev.vaestream.sampler;

import dev.vaestream.sampler.Turns.Turn;
import io.vertx.ext.web.RoutingContext;

/** What outlasts the method that answers. */
final class Exchanges {
    private Exchanges() {}

    /**
     * Gives the turn back once the answer is sent.
     *
     * @throws BusyException where the client has gone: the turn is given back, and nothing need be made for it
     */
    static void closeAfter(RoutingContext exchange, Turn turn) {
        exchange.addEndHandler(sent -> turn.close());
        if (exchange.response().closed()) {
            // No handler is called any more.
            turn.close();
            throw new BusyException("Nobody waits for this answer any more");
        }
    }
}
