package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExchangesTest {
    private final Turns turns = new Turns(100, Duration.ofMillis(1));
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void tearDown() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void anAnswerThatIsSentGivesTheTurnBack() throws IOException {
        int port = serve(exchange -> {
            Exchanges.closeAfter(exchange, turns.take(100));
            exchange.response().end("whole");
        });

        assertThat(RawHttp.status(port, "GET /")).isEqualTo(200);
        Patience.await().until(() -> turns.tryTake(100).isPresent());
    }

    @Test
    void aTurnThatIsTakenAfterTheClientHasGoneIsGivenBackAndNothingIsMade() throws IOException {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        int port = serve(exchange -> {
            exchange.request().connection().closeHandler(gone -> {
                try {
                    Exchanges.closeAfter(exchange, turns.take(100));
                    answered.complete(null);
                } catch (BusyException e) {
                    answered.completeExceptionally(e);
                }
            });
            exchange.response().setChunked(true).write("begun");
        });

        RawHttp.abandon(port, "GET /");

        assertThatThrownBy(answered::join).hasCauseInstanceOf(BusyException.class);
        assertThat(turns.tryTake(100)).isPresent();
    }

    private int serve(io.vertx.core.Handler<RoutingContext> handler) {
        Router router = Router.router(vertx);
        router.get().handler(handler);
        HttpServer server = vertx.createHttpServer().requestHandler(router);
        return server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }
}
