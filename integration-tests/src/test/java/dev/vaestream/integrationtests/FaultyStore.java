package dev.vaestream.integrationtests;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vaestream.integrationtests.StoreFault.Effect;
import dev.vaestream.integrationtests.StoreFault.Verb;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/**
 * A small S3 with one bucket that keeps every rule, until it is told which to break. It has the verbs that checkpoints
 * need: PUT with {@code If-None-Match: *} and CRC-32C, GET, HEAD, DELETE, and LIST in its second version. Signatures are
 * taken and not checked.
 */
final class FaultyStore implements AutoCloseable {
    static final String BUCKET = "vaestream";
    static final String ACCESS_KEY = "any-access";
    static final String SECRET_KEY = "any-secret";

    private static final String CRC32C_HEADER = "x-amz-checksum-crc32c";
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    static {
        // An answer's header and body are two writes, of which the second would wait for the client's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final StoredFiles files;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(FaultyStore::daemon);
    private final List<StoreFault> faults = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch healed = new CountDownLatch(1);

    /** Starts on a port of its own choice. */
    FaultyStore(Path directory) {
        files = new StoredFiles(directory);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port());
    }

    int port() {
        return server.getAddress().getPort();
    }

    StoredFiles files() {
        return files;
    }

    /** Breaks a rule from now on. */
    StoreFault breaks(StoreFault fault) {
        faults.add(fault);
        return fault;
    }

    /** Keeps every rule again. */
    void heal() {
        faults.clear();
        healed.countDown();
        healed = new CountDownLatch(1);
    }

    @Override
    public void close() {
        heal();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            S3Request request = S3Request.of(exchange);
            byte[] body = exchange.getRequestBody().readAllBytes();
            Optional<Effect> effect = faults.stream()
                    .filter(fault -> fault.takes(request.verb(), request.name()))
                    .findFirst()
                    .map(StoreFault::effect);
            if (effect.isPresent()) {
                spoil(exchange, request, body, effect.get());
            } else {
                send(exchange, answer(request, body));
            }
        }
    }

    private void spoil(HttpExchange exchange, S3Request request, byte[] body, Effect effect) throws IOException {
        if (effect instanceof Effect.Refuse refuse) {
            send(exchange, S3Answer.error(refuse.status(), refuse.code()));
        } else if (effect instanceof Effect.ApplyThenRefuse refuse) {
            answer(request, body);
            send(exchange, S3Answer.error(refuse.status(), refuse.code()));
        } else if (effect instanceof Effect.ApplyThenDrop) {
            answer(request, body);
        } else if (effect instanceof Effect.Hang) {
            hang();
        } else if (effect instanceof Effect.Truncate) {
            truncate(exchange, answer(request, body));
        } else if (effect instanceof Effect.FlipBit) {
            S3Answer answer = answer(request, body);
            send(exchange, answer.with(flipped(answer.body())));
        } else if (effect instanceof Effect.Trickle trickle) {
            trickle(exchange, answer(request, body), trickle);
        } else if (effect instanceof Effect.StaleList) {
            send(exchange, list(request, true));
        } else if (effect instanceof Effect.IgnoreCondition) {
            send(exchange, answer(request.unconditional(), body));
        }
        // What is left is Drop: the exchange is closed without an answer.
    }

    private S3Answer answer(S3Request request, byte[] body) {
        if (request.key().isEmpty() && request.verb() != Verb.LIST) {
            return S3Answer.empty(200);
        }
        return switch (request.verb()) {
            case PUT -> put(request, body);
            case GET, HEAD -> get(request);
            case DELETE -> {
                files.delete(request.key());
                yield S3Answer.empty(204);
            }
            case LIST -> list(request, false);
            case ANY -> throw new IllegalArgumentException("no request is of every verb");
        };
    }

    private S3Answer put(S3Request request, byte[] body) {
        String crc = crc32c(body);
        if (request.crc32c() != null && !request.crc32c().equals(crc)) {
            return S3Answer.error(400, "BadDigest");
        }
        if (!files.put(request.key(), body, request.onlyIfAbsent())) {
            return S3Answer.error(412, "PreconditionFailed");
        }
        return S3Answer.empty(200)
                .with(
                        "ETag",
                        quoted(files.entry(request.key())
                                .map(StoredFiles.Entry::md5)
                                .orElse("")))
                .with(CRC32C_HEADER, crc);
    }

    private S3Answer get(S3Request request) {
        Optional<StoredFiles.Entry> entry = files.entry(request.key());
        Optional<byte[]> content = files.read(request.key());
        if (entry.isEmpty() || content.isEmpty()) {
            return S3Answer.error(404, "NoSuchKey");
        }
        return new S3Answer(200, "application/octet-stream", content.get())
                .with("ETag", quoted(entry.get().md5()))
                .with("Last-Modified", HTTP_DATE.format(entry.get().modified()));
    }

    private S3Answer list(S3Request request, boolean stale) {
        List<StoredFiles.Entry> entries = files.entries(request.prefix());
        if (stale) {
            Optional<StoredFiles.Entry> newest = entries.stream().max(StoredFiles.Entry.BY_ORDER);
            entries = entries.stream()
                    .filter(entry -> !newest.get().equals(entry))
                    .toList();
        }
        return S3Answer.listing(request, entries);
    }

    private void hang() {
        try {
            boolean unused = healed.await(10, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void truncate(HttpExchange exchange, S3Answer answer) throws IOException {
        exchange.getResponseHeaders().putAll(answer.headers());
        exchange.sendResponseHeaders(answer.status(), answer.body().length);
        exchange.getResponseBody().write(answer.body(), 0, answer.body().length / 2);
        exchange.getResponseBody().flush();
    }

    private void trickle(HttpExchange exchange, S3Answer answer, Effect.Trickle trickle) throws IOException {
        byte[] body = answer.body();
        exchange.getResponseHeaders().putAll(answer.headers());
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        OutputStream out = exchange.getResponseBody();
        int piece = body.length / trickle.pieces() + 1;
        for (int from = 0; from < body.length; from += piece) {
            out.write(body, from, Math.min(piece, body.length - from));
            out.flush();
            pause(trickle.millis());
        }
    }

    /** A pause that healing ends. */
    private void pause(int millis) {
        try {
            boolean unused = healed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, S3Answer answer) throws IOException {
        exchange.getResponseHeaders().putAll(answer.headers());
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(answer.body().length));
        }
        exchange.sendResponseHeaders(answer.status(), head || answer.body().length == 0 ? -1 : answer.body().length);
        if (!head && answer.body().length > 0) {
            exchange.getResponseBody().write(answer.body());
        }
    }

    private static byte[] flipped(byte[] body) {
        byte[] flipped = Arrays.copyOf(body, body.length);
        if (flipped.length > 0) {
            flipped[flipped.length / 2] ^= 1;
        }
        return flipped;
    }

    static String crc32c(byte[] body) {
        CRC32C crc = new CRC32C();
        crc.update(body);
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) crc.getValue())
                        .array());
    }

    private static String quoted(String md5) {
        return '"' + md5 + '"';
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "faulty-store");
        thread.setDaemon(true);
        return thread;
    }

    static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
