package dev.vaestream.integrationtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What kustomize makes of {@code k8s/}, object by object. Only where there is kubectl; a cluster is not asked. */
@EnabledIf("dev.vaestream.integrationtests.Overlays#canBeBuilt")
class ManifestsTest {
    private static final Pattern ADDRESS = Pattern.compile("(?:http://)?([a-z-]+):(\\d+)");
    private static final Set<String> ARROWS_WITHIN = new TreeSet<>(Set.of(
            "trainer → checkpoint:8083",
            "sampler → checkpoint:8083",
            "sampler → ingest:8081",
            "sampler → trainer:8082"));
    private static final Set<String> ARROWS = new TreeSet<>(Set.of(
            "ingest → kafka:9092",
            "trainer → kafka:9092",
            "checkpoint → kafka:9092",
            "sampler → kafka:9092",
            "topics → kafka:9092",
            "trainer → checkpoint:8083",
            "sampler → checkpoint:8083",
            "sampler → ingest:8081",
            "sampler → trainer:8082",
            "checkpoint → object-store:7070"));

    private static List<Overlay> overlays = List.of();
    private static Map<String, ServiceSettings> settings = Map.of();

    @BeforeAll
    static void build(@TempDir Path directory) {
        overlays = Overlays.build(directory);
        settings = ComposeTest.SERVICES.stream().collect(Collectors.toMap(Function.identity(), ServiceSettings::of));
    }

    @ParameterizedTest
    @FieldSource("overlays")
    void everyObjectIsWhatKubernetesTakes(Overlay overlay) {
        assertThat(overlay.objects())
                .allSatisfy(object -> assertThatCode(object::modelled).doesNotThrowAnyException());
    }

    @ParameterizedTest
    @FieldSource("overlays")
    void noObjectComesTwice(Overlay overlay) {
        assertThat(overlay.objects().stream().map(KubernetesObject::toString)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @FieldSource("overlays")
    void everyPodIsRestricted(Overlay overlay) {
        assertThat(overlay.workloads()).isNotEmpty().allSatisfy(PodRules::restricted);
    }

    @ParameterizedTest
    @FieldSource("overlays")
    void everyPodIsLimited(Overlay overlay) {
        assertThat(overlay.workloads()).allSatisfy(PodRules::limited);
    }

    @ParameterizedTest
    @FieldSource("overlays")
    void everyServiceIsProbedByItsRealHealth(Overlay overlay) {
        assertThat(ComposeTest.SERVICES).allSatisfy(service -> PodRules.probed(overlay.workload(service)));
    }

    @ParameterizedTest
    @FieldSource("overlays")
    void everyVariableMeansSomethingToItsService(Overlay overlay) {
        assertThat(ComposeTest.SERVICES)
                .allSatisfy(service -> assertThat(overlay.environment(service).keySet())
                        .as(service)
                        .allMatch(settings.get(service)::knows));
    }

    @ParameterizedTest
    @FieldSource("overlays")
    void everyContainerListensWhereItsServiceDoes(Overlay overlay) {
        assertThat(ComposeTest.SERVICES)
                .allSatisfy(service -> assertThat(overlay.workload(service)
                                .pod()
                                .at("/containers/0/ports/0/containerPort")
                                .asInt())
                        .as(service)
                        .isEqualTo(settings.get(service).port()));
    }

    @ParameterizedTest
    @FieldSource("overlays")
    void everyServiceLeadsToAPort(Overlay overlay) {
        assertThat(overlay.of("Service")).isNotEmpty().allSatisfy(service -> {
            Map<String, String> selector =
                    KubernetesObject.strings(service.tree().at("/spec/selector"));
            Set<String> ports = overlay.workloads()
                    .filter(workload -> workload.podLabels().entrySet().containsAll(selector.entrySet()))
                    .flatMap(workload -> workload.containers().stream())
                    .flatMap(container -> KubernetesObject.items(container.at("/ports")))
                    .map(port -> port.at("/name").asText())
                    .collect(Collectors.toSet());
            assertThat(service.tree().at("/spec/ports").findValuesAsText("targetPort"))
                    .isNotEmpty()
                    .allMatch(ports::contains);
        });
    }

    @ParameterizedTest
    @FieldSource("overlays")
    void everyAddressIsAServices(Overlay overlay) {
        Set<String> served = overlay.of("Service")
                .flatMap(service -> KubernetesObject.items(service.tree().at("/spec/ports"))
                        .map(port -> service.name() + ":" + port.at("/port").asText()))
                .collect(Collectors.toCollection(HashSet::new));
        overlay.of("Kafka")
                .flatMap(kafka -> KubernetesObject.items(kafka.tree().at("/spec/kafka/listeners"))
                        .map(listener -> kafka.name() + "-kafka-bootstrap:"
                                + listener.at("/port").asText()))
                .forEach(served::add);
        served.addAll(overlay.elsewhere());

        Stream<String> named = ComposeTest.SERVICES.stream()
                .flatMap(service -> overlay.environment(service).values().stream())
                .map(ADDRESS::matcher)
                .filter(Matcher::matches)
                .map(address -> address.group(1) + ":" + address.group(2));

        assertThat(named).isNotEmpty().isSubsetOf(served);
    }

    @ParameterizedTest
    @FieldSource("overlays")
    void everySelectorTakesPods(Overlay overlay) {
        List<Map<String, String>> pods =
                overlay.workloads().map(KubernetesObject::podLabels).toList();
        Stream<JsonNode> selectors = Stream.of("PodDisruptionBudget", "Deployment", "StatefulSet", "PodMonitor")
                .flatMap(overlay::of)
                .map(object -> object.tree().at("/spec/selector"));
        Stream<JsonNode> policies =
                overlay.of("NetworkPolicy").map(policy -> policy.tree().at("/spec/podSelector"));

        assertThat(Stream.concat(selectors, policies))
                .isNotEmpty()
                .allMatch(selector -> pods.stream().anyMatch(new Selector(selector)::takes));
    }

    @ParameterizedTest
    @FieldSource("overlays")
    void everyServiceMayBeDrained(Overlay overlay) {
        assertThat(overlay.of("PodDisruptionBudget").map(KubernetesObject::name))
                .containsAll(ComposeTest.SERVICES);
    }

    @ParameterizedTest
    @FieldSource("overlays")
    void everyReferenceLeadsToAKey(Overlay overlay) {
        assertThat(overlay.workloads()).allSatisfy(workload -> {
            for (JsonNode reference : workload.pod().findValues("secretKeyRef")) {
                assertThat(hasSecret(
                                overlay,
                                reference.at("/name").asText(),
                                reference.at("/key").asText()))
                        .as("%s of %s", reference, workload)
                        .isTrue();
            }
            for (JsonNode reference : workload.pod().findValues("configMapRef")) {
                overlay.one("ConfigMap", reference.at("/name").asText());
            }
            for (JsonNode volume : workload.pod().findValues("configMap")) {
                overlay.one("ConfigMap", volume.at("/name").asText());
            }
            for (JsonNode volume : workload.pod().findValues("secretName")) {
                assertThat(Stream.concat(
                                overlay.elsewhere().stream(),
                                overlay.of("Secret").map(KubernetesObject::name)))
                        .contains(volume.asText());
            }
        });
    }

    private static boolean hasSecret(Overlay overlay, String name, String key) {
        return overlay.elsewhere().contains(name)
                || (key.equals("sasl.jaas.config")
                        && overlay.of("KafkaUser").anyMatch(user -> user.name().equals(name)))
                || overlay.of("Secret")
                        .anyMatch(secret -> secret.name().equals(name)
                                && secret.tree().at("/data").has(key));
    }

    @ParameterizedTest
    @FieldSource("overlays")
    void everyScaleTargetIsThere(Overlay overlay) {
        Stream<JsonNode> targets = Stream.of("ScaledObject", "HorizontalPodAutoscaler")
                .flatMap(overlay::of)
                .map(object -> object.tree().at("/spec/scaleTargetRef"));

        assertThat(targets)
                .allSatisfy(target -> overlay.one(
                        target.at("/kind").asText(), target.at("/name").asText()));
    }

    @ParameterizedTest
    @FieldSource("overlays")
    void aTrainerHasTheTimeThatAHandoverTakes(Overlay overlay) {
        Duration handover = duration(overlay.environment("trainer").get("VAESTREAM_TRAINER_HANDOVER_TIMEOUT"));
        Duration request = duration(settings.get("trainer").defaultOf("vaestream.trainer.request-timeout"));

        Duration grace = Duration.ofSeconds(overlay.workload("trainer")
                .pod()
                .at("/terminationGracePeriodSeconds")
                .asLong());

        assertThat(grace).isGreaterThan(handover.plus(request));
    }

    @ParameterizedTest
    @FieldSource("overlays")
    void aTrainersNameIsItsPods(Overlay overlay) {
        JsonNode name = KubernetesObject.items(
                        overlay.one("StatefulSet", "trainer").pod().at("/containers/0/env"))
                .filter(variable -> variable.at("/name").asText().equals("VAESTREAM_TRAINER_NAME"))
                .findFirst()
                .orElseThrow();

        assertThat(name.at("/valueFrom/fieldRef/fieldPath").asText()).isEqualTo("metadata.name");
    }

    @Test
    void podsConnectAlongTheArrowsOfThePipeline() {
        assertThat(new Firewall(overlay("local")).letOut()).isEqualTo(ARROWS);
    }

    @Test
    void podsAreConnectedToAlongTheArrowsOfThePipeline() {
        assertThat(new Firewall(overlay("local")).letIn()).isEqualTo(ARROWS);
    }

    @Test
    void podsInProductionConnectToEachOtherAlongTheSameArrows() {
        assertThat(new Firewall(overlay("production")).letOut()).isEqualTo(ARROWS_WITHIN);
    }

    @Test
    void podsInProductionAreConnectedToAlongTheSameArrows() {
        assertThat(new Firewall(overlay("production")).letIn()).isEqualTo(ARROWS_WITHIN);
    }

    @Test
    void theQueueThatScalesTrainersIsTheOneTheyTakeRunsFrom() {
        JsonNode queue =
                overlay("autoscaling").one("ScaledObject", "trainer").tree().at("/spec/triggers/0/metadata");

        assertThat(queue.at("/topic").asText() + " "
                        + queue.at("/consumerGroup").asText())
                .isEqualTo("%s %s"
                        .formatted(channel("topic"), channel("group.id"))
                        .replace("${vaestream.topic-prefix:}", ""));
    }

    private static String channel(String key) {
        return settings.get("trainer").properties().getProperty("mp.messaging.incoming.runs." + key);
    }

    private static Overlay overlay(String name) {
        return overlays.stream()
                .filter(overlay -> overlay.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Duration duration(String text) {
        return Duration.parse("PT" + text);
    }
}
