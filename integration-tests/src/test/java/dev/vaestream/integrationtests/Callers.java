package dev.vaestream.integrationtests;

import dev.vaestream.contracts.ApiKey;
import dev.vaestream.local.ClusterOptions;
import dev.vaestream.local.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Callers with a key each, as {@code k8s/make-keys} makes them, and services that ask for it. */
record Callers(Path directory) {
    static final List<String> ROLES = List.of("operator", "ingest", "sampler", "trainer", "reader", "metrics");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** @param directory that is not there yet */
    static Callers make(Path directory) {
        String script = Pipeline.home().resolve("k8s/make-keys").toString();
        Command.start(directory.getParent(), List.of(script, directory.toString()))
                .awaitSuccess();
        return new Callers(directory);
    }

    ClusterOptions configure(ClusterOptions options) {
        String list = "-Dvaestream.security.api-keys=" + directory.resolve("api-keys");
        return options.withArguments(Member.INGEST, list)
                .withArguments(Member.CHECKPOINT, list)
                .withArguments(Member.TRAINER, list, "-Dvaestream.trainer.api-key-file=" + file("trainer"))
                .withArguments(Member.SAMPLER, list, "-Dvaestream.sampler.api-key-file=" + file("reader"));
    }

    Path file(String role) {
        return directory.resolve(role);
    }

    /** The text of a key. */
    String text(String role) {
        try {
            return Files.readString(file(role));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpResponse<String> call(String role, String method, URI uri, String body) {
        return call(Map.of("Authorization", ApiKey.read(file(role)).authorization()), method, uri, body);
    }

    static HttpResponse<String> call(Map<String, String> headers, String method, URI uri, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(method, BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        headers.forEach(request::header);
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
