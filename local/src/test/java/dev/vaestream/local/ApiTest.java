package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.vaestream.contracts.WriterGrant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiTest {
    private HttpServer server;
    private Api api;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        int port = server.getAddress().getPort();
        api = new Api(HttpClient.newHttpClient(), Member.INGEST, new Addresses(new Ports(0, port, 0, 0, 0, 0, 0)));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anAnswerIsRead() {
        answer("/v1/grant", 200, "{\"run\":\"demo\",\"epoch\":3}");

        assertThat(api.get("/v1/grant", WriterGrant.class)).isEqualTo(new WriterGrant("demo", 3));
    }

    @Test
    void aProblemIsOneLine() {
        answer("/v1/runs", 409, "{\"type\":\"run-differs\",\"title\":\"Run differs\",\"detail\":\"steps is 5\"}");

        assertThatThrownBy(() -> api.post("/v1/runs", new WriterGrant("demo", 1)))
                .isInstanceOf(ServiceException.class)
                .hasMessage("Run differs: steps is 5");
    }

    @Test
    void whatIsNotThereIsNoFailure() {
        answer("/v1/streams/none", 404, "{\"title\":\"Not found\"}");

        assertThat(api.find("/v1/streams/none", WriterGrant.class)).isEmpty();
    }

    @Test
    void anotherErrorOfALookUpIsAFailure() {
        answer("/v1/streams/x", 400, "{\"title\":\"Bad name\"}");

        assertThatThrownBy(() -> api.find("/v1/streams/x", WriterGrant.class)).hasMessage("Bad name");
    }

    @Test
    void anAnswerOfAnotherVersionIsToldAsSuch() {
        answer("/v1/grant", 200, "{\"run\":\"demo\"}");

        assertThatThrownBy(() -> api.get("/v1/grant", WriterGrant.class))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageStartingWith("ingest-service answered /v1/grant in a form that is not understood: ");
    }

    @Test
    void aServiceThatIsDownIsNamedWithItsAddress() {
        int port = server.getAddress().getPort();
        server.stop(0);

        assertThatThrownBy(() -> api.get("/v1/streams", WriterGrant.class))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage(
                        "ingest-service does not answer at http://127.0.0.1:%d; start it with: ./vaestream up", port);
    }

    private void answer(String path, int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
    }
}
