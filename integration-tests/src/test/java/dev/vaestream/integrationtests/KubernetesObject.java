package dev.vaestream.integrationtests;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubernetes.client.openapi.JSON;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One object of a cluster. */
record KubernetesObject(JsonNode tree) {
    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "Job");
    private static final String MODELS = "io.kubernetes.client.openapi.models.";

    String kind() {
        return tree.at("/kind").asText();
    }

    String name() {
        return tree.at("/metadata/name").asText();
    }

    boolean is(String kind) {
        return kind().equals(kind);
    }

    /** Whether it starts pods. */
    boolean isWorkload() {
        return WORKLOADS.contains(kind());
    }

    /** Whether it is no patch of another. */
    boolean isWhole() {
        return pod().at("/containers/0").has("image");
    }

    JsonNode pod() {
        return tree.at("/spec/template/spec");
    }

    Map<String, String> podLabels() {
        return strings(tree.at("/spec/template/metadata/labels"));
    }

    List<JsonNode> containers() {
        return Stream.concat(items(pod().at("/initContainers")), items(pod().at("/containers")))
                .toList();
    }

    /** What Kubernetes' own model takes it for; empty for a kind that an operator brings. */
    Optional<Object> modelled() {
        String version = tree.at("/apiVersion").asText();
        if (version.contains(".") && !version.contains(".k8s.io/")) {
            return Optional.empty();
        }
        String model = version.replaceAll(".*/", "").toUpperCase(Locale.ROOT) + kind();
        try {
            return Optional.of(JSON.getGson().fromJson(tree.toString(), Class.forName(MODELS + model)));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(this + " is of no kind that Kubernetes has", e);
        }
    }

    static Stream<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    static Map<String, String> strings(JsonNode map) {
        Map<String, String> strings = new TreeMap<>();
        map.properties()
                .forEach(entry -> strings.put(entry.getKey(), entry.getValue().asText()));
        return strings;
    }

    @Override
    public String toString() {
        return kind() + " " + name();
    }
}
