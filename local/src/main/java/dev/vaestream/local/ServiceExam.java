package dev.vaestream.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at one service from outside: whether it answers, is ready, and has the right time. */
final class ServiceExam {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** A header's time is in whole seconds, and the answer takes a moment. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(3);

    private final HttpClient http;
    private final Clock clock;

    ServiceExam(HttpClient http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    /** @param base the service's address, without a path */
    List<Finding> examine(Member member, URI base) {
        HttpResponse<byte[]> answer;
        try {
            answer = get(base.resolve("/q/health/ready"));
        } catch (IOException e) {
            return List.of(Finding.bad(
                    member.title(),
                    "does not answer at " + base,
                    "is it running, and does the network let this machine reach it?"));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(readiness(member, base, answer));
        answer.headers()
                .firstValue("Date")
                .flatMap(ServiceExam::time)
                .map(time -> clock(member, time, clock.instant()))
                .ifPresent(findings::add);
        return findings;
    }

    private static Finding readiness(Member member, URI base, HttpResponse<byte[]> answer) {
        JsonNode body;
        try {
            body = Json.read(answer.body(), JsonNode.class);
        } catch (InvalidJsonException e) {
            return Finding.bad(
                    member.title(),
                    "answers %s/q/health/ready with status %d and no health".formatted(base, answer.statusCode()),
                    "is it this service that listens there?");
        }
        Health health = Health.of(body);
        return health.ready()
                ? Finding.good(member.title(), "ready at " + base)
                : Finding.bad(
                        member.title(), "not ready: " + health.reason(), "docs/operations.md says what it waits for");
    }

    /** How far the service's clock is from this machine's. */
    static Finding clock(Member member, Instant there, Instant here) {
        Duration ahead = Duration.between(here, there);
        String subject = member.title() + "'s clock";
        return ahead.abs().compareTo(CLOCK_TOLERANCE) <= 0
                ? Finding.good(subject, "as here")
                : Finding.bad(
                        subject,
                        "%d s %s this machine's"
                                .formatted(ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of"),
                        "set both by NTP, or times in events and manifests mislead");
    }

    private static Optional<Instant> time(String header) {
        try {
            return Optional.of(ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private HttpResponse<byte[]> get(URI uri) throws IOException {
        try {
            return http.send(
                    HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while calling " + uri, e);
        }
    }
}
