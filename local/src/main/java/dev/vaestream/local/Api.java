package dev.vaestream.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Calls a service. Every failure is a {@link CommandFailedException} whose message is one line. */
final class Api {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    private final HttpClient http;
    private final String service;
    private final URI base;

    Api(HttpClient http, Member member, Addresses addresses) {
        this.http = http;
        this.service = member.title() + "-service";
        this.base = addresses.http(member);
    }

    <T> T get(String path, Class<T> type) {
        return get(path, body -> Json.read(body, type));
    }

    /** @param reader which throws an {@link InvalidJsonException} where it does not understand the answer */
    <T> T get(String path, Function<byte[], T> reader) {
        return read(path, send(path, HttpRequest.newBuilder()), reader);
    }

    /** Empty where the service answers that it is not there, or not yet. */
    <T> Optional<T> find(String path, Class<T> type) {
        try {
            return Optional.of(get(path, type));
        } catch (ServiceException e) {
            if (e.status() == NOT_FOUND || e.status() == UNAVAILABLE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    byte[] bytes(String path, String mediaType) {
        return send(path, HttpRequest.newBuilder().header("Accept", mediaType));
    }

    <T> T post(String path, Object body, Class<T> type) {
        return read(path, post(path, body), answer -> Json.read(answer, type));
    }

    byte[] post(String path, Object body) {
        return send(
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(body))));
    }

    <T> T put(String path, Object body, Class<T> type) {
        return read(path, put(path, body), answer -> Json.read(answer, type));
    }

    byte[] put(String path, Object body) {
        return send(
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(Json.write(body))));
    }

    void delete(String path) {
        send(path, HttpRequest.newBuilder().DELETE());
    }

    /** The answer's JSON, whatever its status is. */
    JsonNode whatever(String path) {
        return read(path, exchange(path, HttpRequest.newBuilder()).body(), body -> Json.read(body, JsonNode.class));
    }

    private byte[] send(String path, HttpRequest.Builder request) {
        HttpResponse<byte[]> response = exchange(path, request);
        if (response.statusCode() / 100 != 2) {
            throw new ServiceException(Problem.of(response.statusCode(), response.body()));
        }
        return response.body();
    }

    private HttpResponse<byte[]> exchange(String path, HttpRequest.Builder request) {
        URI uri = base.resolve(path);
        try {
            return http.send(request.uri(uri).timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new CommandFailedException(
                    "%s does not answer at %s; start it with: ./vaestream up".formatted(service, base), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while calling " + uri, e);
        }
    }

    private <T> T read(String path, byte[] body, Function<byte[], T> reader) {
        try {
            return reader.apply(body);
        } catch (InvalidJsonException e) {
            throw new CommandFailedException(
                    "%s answered %s in a form that is not understood: %s".formatted(service, path, e.getMessage()), e);
        }
    }
}
