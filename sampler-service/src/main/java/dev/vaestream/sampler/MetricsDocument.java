package dev.vaestream.sampler;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.vaestream.contracts.MetricsEvent;
import java.util.List;

/**
 * What a run has measured so far, evenly thinned where it is much; the first event of a stream, with the type that tells
 * it from the ones that follow.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonTypeName("history")
record MetricsDocument(
        String run,
        List<MetricsEvent.Window> windows,
        List<MetricsEvent.Epoch> epochs,
        List<MetricsEvent.Evaluation> evaluations) {
    MetricsDocument {
        windows = List.copyOf(windows);
        epochs = List.copyOf(epochs);
        evaluations = List.copyOf(evaluations);
    }

    static MetricsDocument empty(String run) {
        return new MetricsDocument(run, List.of(), List.of(), List.of());
    }
}
