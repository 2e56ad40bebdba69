package dev.vaestream.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Whether a member can be used. */
final class Probe {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final HttpClient http;
    private final Ports ports;

    Probe(HttpClient http, Ports ports) {
        this.http = http;
        this.ports = ports;
    }

    /** A sampler has nothing to serve before the first checkpoint, so it need only live. */
    boolean usable(Member member) {
        return switch (member) {
            case BROKER, STORE -> Loopback.answers(ports.of(member));
            case SAMPLER -> healthy(member, "live");
            case CHECKPOINT, INGEST, TRAINER -> healthy(member, "ready");
        };
    }

    private boolean healthy(Member member, String kind) {
        URI uri = new Addresses(ports).http(member).resolve("/q/health/" + kind);
        try {
            return http.send(
                                    HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
