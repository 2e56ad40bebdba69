package dev.vaestream.integrationtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** A label selector. */
record Selector(JsonNode tree) {
    boolean takes(Map<String, String> labels) {
        return labels.entrySet()
                        .containsAll(KubernetesObject.strings(tree.at("/matchLabels"))
                                .entrySet())
                && KubernetesObject.items(tree.at("/matchExpressions"))
                        .allMatch(expression -> isOneOf(expression, labels));
    }

    private static boolean isOneOf(JsonNode expression, Map<String, String> labels) {
        if (!expression.at("/operator").asText().equals("In")) {
            throw new AssertionError("no operator but In is understood: " + expression);
        }
        String value = labels.get(expression.at("/key").asText());
        return KubernetesObject.items(expression.at("/values"))
                .anyMatch(each -> each.asText().equals(value));
    }
}
