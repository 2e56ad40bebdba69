package dev.vaestream.sampler;

import dev.vaestream.sampler.Turns.Turn;
import io.vertx.ext.web.RoutingContext;

/** What outlasts the method that answers. */
final class Exchanges {
    private Exchanges() {}

    /** Gives the turn back once the answer is sent, or at once where the client has gone: then no handler is called. */
    static void closeAfter(RoutingContext exchange, Turn turn) {
        exchange.addEndHandler(sent -> turn.close());
        if (exchange.response().closed()) {
            turn.close();
        }
    }
}
