package dev.vaestream.integrationtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What an overlay's network policies let through between its own pods. */
record Firewall(Overlay overlay) {
    /** What the side of those who connect lets through. */
    Set<String> letOut() {
        return arrows((from, to, port) -> side("Egress", "egress", "to", from.podLabels(), to.podLabels(), port));
    }

    /** What the side of those who are connected to lets through. */
    Set<String> letIn() {
        return arrows((from, to, port) -> side("Ingress", "ingress", "from", to.podLabels(), from.podLabels(), port));
    }

    private Set<String> arrows(Gate gate) {
        Set<String> open = new TreeSet<>();
        for (KubernetesObject from : overlay.workloads().toList()) {
            for (KubernetesObject to : overlay.workloads().toList()) {
                ports(to)
                        .filter(port -> gate.isOpen(from, to, port))
                        .forEach(port -> open.add("%s → %s:%s"
                                .formatted(
                                        from.name(),
                                        to.name(),
                                        port.at("/containerPort").asText())));
            }
        }
        return open;
    }

    private static Stream<JsonNode> ports(KubernetesObject workload) {
        return workload.containers().stream().flatMap(container -> KubernetesObject.items(container.at("/ports")));
    }

    /** @param own labels of the pod whose side this is */
    private boolean side(
            String type,
            String rules,
            String peers,
            Map<String, String> own,
            Map<String, String> other,
            JsonNode port) {
        List<JsonNode> policies = overlay.of("NetworkPolicy")
                .map(policy -> policy.tree().at("/spec"))
                .filter(spec -> new Selector(spec.at("/podSelector")).takes(own))
                .filter(spec -> KubernetesObject.items(spec.at("/policyTypes"))
                        .anyMatch(named -> named.asText().equals(type)))
                .toList();
        return policies.isEmpty()
                || policies.stream()
                        .flatMap(spec -> KubernetesObject.items(spec.at("/" + rules)))
                        .anyMatch(rule -> reaches(rule.at("/" + peers), other) && covers(rule.at("/ports"), port));
    }

    private static boolean reaches(JsonNode peers, Map<String, String> labels) {
        return peers.isMissingNode()
                || KubernetesObject.items(peers)
                        .anyMatch(
                                peer -> peer.has("podSelector") && new Selector(peer.at("/podSelector")).takes(labels));
    }

    private static boolean covers(JsonNode allowed, JsonNode port) {
        return allowed.isMissingNode()
                || KubernetesObject.items(allowed)
                        .map(each -> each.at("/port").asText())
                        .anyMatch(wanted -> wanted.equals(port.at("/name").asText())
                                || wanted.equals(port.at("/containerPort").asText()));
    }

    /** Whether a connection to a port passes. */
    private interface Gate {
        boolean isOpen(KubernetesObject from, KubernetesObject to, JsonNode port);
    }
}
