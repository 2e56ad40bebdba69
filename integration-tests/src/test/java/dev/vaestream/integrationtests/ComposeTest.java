package dev.vaestream.integrationtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** {@code docker-compose.yml} and the Dockerfiles, against each other, the services and {@code k8s/}. */
class ComposeTest {
    static final List<String> SERVICES = List.of("ingest", "trainer", "checkpoint", "sampler");

    private static final Path ROOT = Path.of("..");
    private static final JsonNode COMPOSE =
            YamlFile.read(ROOT.resolve("docker-compose.yml")).get(0);
    private static final Map<String, KubernetesObject> WORKLOADS = Overlays.files().stream()
            .filter(object -> object.isWorkload() && object.isWhole())
            .collect(Collectors.toMap(KubernetesObject::name, object -> object));
    private static final Pattern COPY = Pattern.compile("(?m)^COPY (\\S+) ");

    @ParameterizedTest
    @FieldSource("SERVICES")
    void everyVariableMeansSomethingToItsService(String service) {
        assertThat(environment(service).keySet()).isNotEmpty().allMatch(ServiceSettings.of(service)::knows);
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void aServiceHasTheVariablesThatItHasInACluster(String service) throws IOException {
        Set<String> inCluster = new TreeSet<>();
        JsonNode container = WORKLOADS.get(service).pod().at("/containers/0");
        KubernetesObject.items(container.at("/env"))
                .forEach(variable -> inCluster.add(variable.at("/name").asText()));
        JsonNode base = YamlFile.read(Overlays.SOURCE.resolve("base/kustomization.yaml"))
                .get(0);
        Set<String> maps = new HashSet<>(container.at("/envFrom").findValuesAsText("name"));
        KubernetesObject.items(base.at("/configMapGenerator"))
                .filter(map -> maps.contains(map.at("/name").asText()))
                .flatMap(map -> KubernetesObject.items(map.at("/literals")))
                .forEach(literal -> inCluster.add(literal.asText().replaceAll("=.*", "")));

        assertThat(environment(service).keySet()).containsExactlyInAnyOrderElementsOf(inCluster);
    }

    @Test
    void aContainerHasTheMemoryThatItHasInACluster() {
        assertThat(WORKLOADS)
                .allSatisfy((name, workload) -> assertThat(
                                COMPOSE.at("/services/" + name + "/mem_limit").asText())
                        .as(name)
                        .isEqualTo(workload.pod()
                                .at("/containers/0/resources/limits/memory")
                                .asText()
                                .replace("Mi", "m")
                                .replace("Gi", "g")));
    }

    @Test
    void everyContainerIsHardened() {
        assertThat(COMPOSE.at("/services").properties()).isNotEmpty().allSatisfy(entry -> {
            JsonNode service = entry.getValue();
            assertThat(service.at("/read_only").asBoolean()).as(entry.getKey()).isTrue();
            assertThat(service.at("/cap_drop").toString()).as(entry.getKey()).isEqualTo("[\"ALL\"]");
            assertThat(service.at("/security_opt").toString())
                    .as(entry.getKey())
                    .isEqualTo("[\"no-new-privileges:true\"]");
            assertThat(service.has("privileged")).as(entry.getKey()).isFalse();
        });
    }

    @Test
    void portsArePublishedOnTheLoopbackAddressAlone() {
        Stream<String> published = COMPOSE.at("/services").findValues("ports").stream()
                .flatMap(KubernetesObject::items)
                .map(JsonNode::asText);

        assertThat(published).isNotEmpty().allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @Test
    void secretsComeFromOutside() {
        Stream<Map.Entry<String, JsonNode>> secrets = COMPOSE.at("/services").findValues("environment").stream()
                .flatMap(environment -> environment.properties().stream())
                .filter(variable -> variable.getKey().matches(".*(KEY|PASSWORD|SECRET|JAAS).*"));

        assertThat(secrets)
                .isNotEmpty()
                .allMatch(variable -> variable.getValue().asText().matches("\\$\\{\\w+:\\?.*}|/run/secrets/[a-z-]+"));
    }

    @Test
    void everythingNamedIsThere() {
        JsonNode services = COMPOSE.at("/services");
        Set<String> volumes = new HashSet<>();
        COMPOSE.at("/volumes").fieldNames().forEachRemaining(volumes::add);

        assertThat(services.findValues("depends_on").stream().flatMap(each -> each.properties().stream()))
                .allMatch(each -> services.has(each.getKey()));
        assertThat(services.findValues("volumes").stream()
                        .flatMap(KubernetesObject::items)
                        .map(volume -> volume.asText().replaceAll(":.*", "")))
                .allMatch(from ->
                        from.startsWith("./") ? ROOT.resolve(from).toFile().exists() : volumes.contains(from));
    }

    @Test
    void aSecretThatIsReadIsMounted() {
        assertThat(COMPOSE.at("/services").properties()).allSatisfy(service -> {
            Set<String> mounted = KubernetesObject.items(service.getValue().at("/secrets"))
                    .map(JsonNode::asText)
                    .collect(Collectors.toSet());
            Stream<String> read = service.getValue().at("/environment").properties().stream()
                    .map(variable -> variable.getValue().asText())
                    .filter(value -> value.startsWith("/run/secrets/"))
                    .map(value -> value.substring("/run/secrets/".length()));

            assertThat(mounted).as(service.getKey()).containsAll(read.toList());
            assertThat(mounted).allMatch(COMPOSE.at("/secrets")::has);
        });
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void anImageIsBuiltOfWhatIsThere(String service) throws IOException {
        String dockerfile = dockerfile(service);

        assertThat(COPY.matcher(dockerfile).results().map((MatchResult copy) -> copy.group(1)))
                .isNotEmpty()
                .allMatch(from -> ROOT.resolve(from).toFile().exists());
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void anImageIsTheUserThatItsPodIs(String service) throws IOException {
        JsonNode context = WORKLOADS.get(service).pod().at("/securityContext");

        assertThat(dockerfile(service))
                .contains("\nUSER %s:%s\n"
                        .formatted(
                                context.at("/runAsUser").asText(),
                                context.at("/runAsGroup").asText()));
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void anImageExposesItsServicesPort(String service) throws IOException {
        assertThat(dockerfile(service))
                .contains("\nEXPOSE " + ServiceSettings.of(service).port() + "\n");
    }

    @Test
    void onlyWhatComputesHasTensorFlow() throws IOException {
        Set<String> holders = new TreeSet<>();
        for (String service : SERVICES) {
            try (Stream<Path> files = Files.list(ROOT.resolve(service + "-service/target/quarkus-app/lib/main"))) {
                if (files.anyMatch(file -> file.getFileName().toString().startsWith("org.tensorflow."))) {
                    holders.add(service);
                }
            }
        }
        assertThat(holders).containsExactly("sampler", "trainer");
    }

    private static Map<String, String> environment(String service) {
        return KubernetesObject.strings(COMPOSE.at("/services/" + service + "/environment"));
    }

    private static String dockerfile(String service) throws IOException {
        return Files.readString(ROOT.resolve(
                COMPOSE.at("/services/" + service + "/build/dockerfile").asText()));
    }
}
