package dev.vaestream.sampler;

import dev.vaestream.contracts.ApiKey;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/** Calls with a bound on everything: time to connect, time of the whole call, bytes of the body, GETs at a time. */
final class HttpCalls {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final HttpClient client;
    private final Duration callTimeout;
    private final Semaphore free;
    private final Optional<ApiKey> key;

    HttpCalls(Duration connectTimeout, Duration callTimeout, int maxCalls) {
        this(connectTimeout, callTimeout, maxCalls, HttpClient.newBuilder(), Optional.empty());
    }

    /**
     * @param tls of calls by HTTPS
     * @param key that the other side is shown
     */
    HttpCalls(Duration connectTimeout, Duration callTimeout, int maxCalls, SSLContext tls, Optional<ApiKey> key) {
        this(connectTimeout, callTimeout, maxCalls, HttpClient.newBuilder().sslContext(tls), key);
    }

    private HttpCalls(
            Duration connectTimeout,
            Duration callTimeout,
            int maxCalls,
            HttpClient.Builder client,
            Optional<ApiKey> key) {
        this.client = client.version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .build();
        this.callTimeout = callTimeout;
        this.free = new Semaphore(maxCalls);
        this.key = key;
    }

    /**
     * The body, empty for 404.
     *
     * @throws BodyTooLongException where it has more than {@code limit} bytes
     * @throws CheckpointServiceException for any other answer, and for none
     * @throws BusyException where there are too many calls already: each may hold its thread until its time is over
     */
    Optional<byte[]> get(URI uri, long limit) {
        if (!free.tryAcquire()) {
            throw new BusyException("Too many requests wait for the checkpoint service");
        }
        HttpResponse<byte[]> response;
        try {
            response = send(HttpRequest.newBuilder(uri).build(), limit);
        } finally {
            free.release();
        }
        return switch (response.statusCode()) {
            case OK -> Optional.of(response.body());
            case NOT_FOUND -> Optional.empty();
            default ->
                throw new CheckpointServiceException(
                        "GET %s answered %d".formatted(uri, response.statusCode()), response.statusCode());
        };
    }

    /**
     * Whatever the answer is.
     *
     * @throws BodyTooLongException where it has more than {@code limit} bytes
     * @throws CheckpointServiceException where there is none
     */
    HttpResponse<byte[]> send(HttpRequest request, long limit) {
        String what = request.method() + " " + request.uri();
        // The request's own timeout ends with the headers; waiting for the future bounds the body too.
        CompletableFuture<HttpResponse<byte[]>> call = client.sendAsync(keyed(request), head -> new CappedBody(limit));
        try {
            return call.get(callTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            call.cancel(true);
            throw new CheckpointServiceException("%s took more than %d ms".formatted(what, callTimeout.toMillis()), e);
        } catch (ExecutionException e) {
            throw failure(what, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new CheckpointServiceException("%s was interrupted".formatted(what), e);
        }
    }

    private HttpRequest keyed(HttpRequest request) {
        HttpRequest.Builder keyed = HttpRequest.newBuilder(request, (name, value) -> true);
        key.ifPresent(own -> keyed.header("Authorization", own.authorization()));
        return keyed.build();
    }

    private static RuntimeException failure(String what, Throwable cause) {
        for (Throwable link = cause; link != null; link = link.getCause()) {
            if (link instanceof BodyTooLongException tooLong) {
                return tooLong;
            }
        }
        return new CheckpointServiceException("%s failed: %s".formatted(what, why(cause)), cause);
    }

    /** In a few words. */
    private static String why(Throwable cause) {
        if (cause instanceof HttpTimeoutException) {
            return "no connection in time";
        }
        if (cause instanceof ConnectException) {
            return "no connection";
        }
        return cause.getMessage() == null ? "the connection was lost" : cause.getMessage();
    }
}
