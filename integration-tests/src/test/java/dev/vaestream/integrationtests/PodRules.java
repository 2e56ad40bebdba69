package dev.vaestream.integrationtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What every pod must say of itself. */
final class PodRules {
    private PodRules() {}

    /** Pod Security's level restricted, and some more. */
    static void restricted(KubernetesObject workload) {
        JsonNode pod = workload.pod();
        equal(pod, "/automountServiceAccountToken", "false");
        equal(pod, "/enableServiceLinks", "false");
        equal(pod, "/securityContext/runAsNonRoot", "true");
        equal(pod, "/securityContext/seccompProfile/type", "RuntimeDefault");
        assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
        assertThat(List.of("hostNetwork", "hostPID", "hostIPC")).noneMatch(pod::has);
        assertThat(workload.containers()).isNotEmpty().allSatisfy(container -> {
            equal(container, "/securityContext/allowPrivilegeEscalation", "false");
            equal(container, "/securityContext/readOnlyRootFilesystem", "true");
            equal(container, "/securityContext/capabilities", "{\"drop\":[\"ALL\"]}");
            assertThat(container.at("/securityContext").has("privileged")).isFalse();
            assertThat(container.findValues("hostPort")).isEmpty();
            assertThat(container.at("/volumeMounts").findValuesAsText("mountPath"))
                    .contains("/tmp");
        });
        assertThat(KubernetesObject.items(pod.at("/volumes")))
                .allMatch(volume -> volume.has("configMap")
                        || volume.has("secret")
                        || volume.at("/emptyDir").has("sizeLimit"));
    }

    static void limited(KubernetesObject workload) {
        assertThat(workload.containers()).allSatisfy(container -> {
            for (String side : List.of("requests", "limits")) {
                for (String resource : List.of("cpu", "memory", "ephemeral-storage")) {
                    assertThat(container.at("/resources/" + side).has(resource))
                            .as("%s: %s of %s", workload, side, resource)
                            .isTrue();
                }
            }
        });
    }

    static void probed(KubernetesObject workload) {
        JsonNode container = workload.pod().at("/containers/0");
        equal(container, "/startupProbe/httpGet/path", "/q/health/started");
        equal(container, "/livenessProbe/httpGet/path", "/q/health/live");
        equal(container, "/readinessProbe/httpGet/path", "/q/health/ready");
    }

    private static void equal(JsonNode tree, String path, String wanted) {
        JsonNode found = tree.at(path);
        assertThat(found.isValueNode() ? found.asText() : found.toString())
                .as(path)
                .isEqualTo(wanted);
    }
}
