package dev.vaestream.sampler;

import java.util.List;

/**
 * The runs that Kafka tells of, as JSON.
 *
 * @param runs the one that was heard of last first
 * @param mayChange whether aliases may be moved from here
 */
record RunsDocument(List<RunSummary> runs, boolean mayChange) {
    RunsDocument {
        runs = List.copyOf(runs);
    }
}
