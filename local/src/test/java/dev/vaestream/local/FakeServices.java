package dev.vaestream.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** All four services as one HTTP server that gives the answers it was told to, and 404 to everything else. */
final class FakeServices implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, HttpHandler> answers = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Map<String, String> bodies = new ConcurrentHashMap<>();

    FakeServices() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Every call so far, as {@code GET /v1/runs}. */
    List<String> calls() {
        return calls;
    }

    /** What came with the newest call of this kind. */
    String body(String call) {
        return bodies.getOrDefault(call, "");
    }

    void answer(String call, int status, byte[] body) {
        answer(call, status, body, () -> {});
    }

    /** @param before what happens before the answer is given */
    void answer(String call, int status, byte[] body, Runnable before) {
        answers.put(call, exchange -> {
            before.run();
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        });
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            bodies.put(call, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            calls.add(call);
            answers.getOrDefault(call, FakeServices::nothingThere).handle(exchange);
        }
    }

    private static void nothingThere(HttpExchange exchange) throws IOException {
        byte[] problem = "{\"title\":\"Not found\"}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(404, problem.length);
        exchange.getResponseBody().write(problem);
    }
}
