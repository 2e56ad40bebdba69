package dev.vaestream.integrationtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.TopicDefinition;
import dev.vaestream.contracts.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files under {@code k8s/} as they are. */
class ManifestFilesTest {
    private static final Pattern TOPIC = Pattern.compile("(?m)^make (\\S+) (\\d+)(.*)$");

    @ParameterizedTest
    @MethodSource("objects")
    void aFileIsWhatKubernetesTakes(KubernetesObject object) {
        assertThatCode(object::modelled).as(object.toString()).doesNotThrowAnyException();
    }

    @Test
    void aFieldThatKubernetesDoesNotHaveIsFound() {
        KubernetesObject typo = new KubernetesObject(
                YamlFile.parse("{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {portz: []}}")
                        .get(0));

        assertThatThrownBy(typo::modelled).hasMessageContaining("portz");
    }

    @ParameterizedTest
    @MethodSource("pods")
    void aPodIsRestrictedAsItIsWritten(KubernetesObject workload) {
        PodRules.restricted(workload);
    }

    static Stream<KubernetesObject> objects() {
        return Overlays.files().stream().filter(object -> !object.isWorkload() || object.isWhole());
    }

    static Stream<KubernetesObject> pods() {
        return objects().filter(KubernetesObject::isWorkload);
    }

    @Test
    void theTopicsOfTheSingleBrokerAreTheCodes() throws IOException {
        String script = Files.readString(Overlays.SOURCE.resolve("components/kafka-single/topics.sh"));

        Set<String> made = TOPIC.matcher(script)
                .results()
                .map(line -> topic(line.group(1), line.group(2), settings(line.group(3))))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(made).isEqualTo(wanted());
    }

    @Test
    void theTopicsOfStrimziAreTheCodes() {
        Set<String> made = Overlays.files().stream()
                .filter(object -> object.is("KafkaTopic"))
                .map(object -> topic(
                        object.name(),
                        object.tree().at("/spec/partitions").asText(),
                        KubernetesObject.strings(object.tree().at("/spec/config"))))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(made).isEqualTo(wanted());
    }

    private static Set<String> wanted() {
        return new Topics("")
                .definitions().stream().map(ManifestFilesTest::topic).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String topic(TopicDefinition topic) {
        return topic(topic.name(), Integer.toString(topic.partitions()), topic.config());
    }

    private static String topic(String name, String partitions, Map<String, String> settings) {
        return "%s %s %s".formatted(name, partitions, new TreeMap<>(settings));
    }

    private static Map<String, String> settings(String words) {
        return Arrays.stream(words.trim().split(" ", -1))
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
