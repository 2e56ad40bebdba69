package dev.vaestream.sampler;

import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.MetricsEvent;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.StreamSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the topics say of runs: so many of them at most, the one that was heard of longest ago goes first. Who follows a
 * run gets its past and then its events, none twice and none left out.
 */
final class RunBoard {
    private final int maxRuns;
    private final int maxPoints;
    private final Map<String, RunHistory> runs = new LinkedHashMap<>();
    private final Map<String, StreamSpec> streams = new LinkedHashMap<>();
    private final Map<String, List<Consumer<String>>> followers = new HashMap<>();

    /** @param maxPoints of each curve of a run, at least 2 */
    RunBoard(int maxRuns, int maxPoints) {
        this.maxRuns = maxRuns;
        this.maxPoints = maxPoints;
    }

    synchronized void ask(RunRequest request) {
        heard(request.run()).ask(request.spec());
    }

    synchronized void become(RunEvent event) {
        heard(event.run()).become(event);
    }

    synchronized void define(StreamSpec stream) {
        hear(streams, stream.stream(), stream);
    }

    synchronized void add(MetricsEvent event) {
        List<Consumer<String>> following = followers.getOrDefault(event.run(), List.of());
        if (heard(event.run()).add(event) && !following.isEmpty()) {
            String text = text(event);
            following.forEach(follower -> follower.accept(text));
        }
    }

    /** The one that was heard of last first. */
    synchronized List<RunSummary> summaries() {
        List<RunSummary> summaries =
                new ArrayList<>(runs.values().stream().map(this::summary).toList());
        Collections.reverse(summaries);
        return summaries;
    }

    synchronized Optional<RunSummary> summary(String run) {
        return Optional.ofNullable(runs.get(run)).map(this::summary);
    }

    /**
     * @param follower gets JSON: a {@link MetricsDocument} at once, then each new {@link MetricsEvent}; must not wait
     * @return what ends it
     */
    synchronized Runnable follow(String run, Consumer<String> follower) {
        RunHistory history = runs.get(run);
        follower.accept(text(history == null ? MetricsDocument.empty(run) : history.metrics()));
        followers.computeIfAbsent(run, name -> new CopyOnWriteArrayList<>()).add(follower);
        return () -> leave(run, follower);
    }

    private synchronized void leave(String run, Consumer<String> follower) {
        followers.computeIfPresent(run, (name, following) -> {
            boolean unused = following.remove(follower);
            return following.isEmpty() ? null : following;
        });
    }

    private RunHistory heard(String run) {
        @Nullable RunHistory known = runs.get(run);
        RunHistory history = known == null ? new RunHistory(run, maxPoints) : known;
        hear(runs, run, history);
        return history;
    }

    private <V> void hear(Map<String, V> recent, String name, V value) {
        recent.remove(name);
        recent.put(name, value);
        if (recent.size() > maxRuns) {
            recent.remove(recent.keySet().iterator().next());
        }
    }

    private RunSummary summary(RunHistory history) {
        @Nullable RunSpec spec = history.spec();
        return history.summary(spec == null ? null : streams.get(spec.stream()));
    }

    private static String text(Object document) {
        return new String(Json.write(document), StandardCharsets.UTF_8);
    }
}
