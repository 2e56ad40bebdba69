package dev.vaestream.integrationtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What kustomize makes of a copy of {@code k8s/}: the overlays, and the base with each component that none of them has. */
final class Overlays {
    static final Path SOURCE = Path.of("..", "k8s");

    private static final Set<String> SECRETS_OF_PRODUCTION = Set.of(
            "object-store",
            "ingest",
            "trainer",
            "checkpoint",
            "sampler",
            "callers",
            "trainer-api-key",
            "sampler-api-key");

    private static final Set<String> SECRETS_OF_BASE =
            Set.of("object-store", "callers", "trainer-api-key", "sampler-api-key");

    /** With the servers and secrets that the base and a component lack, beside the base's secrets. */
    private static final Map<String, Set<String>> OTHER_COMPONENTS = Map.of(
            "kafka-strimzi", Set.of("object-store:7070", "kafka-cluster-ca-cert"),
            "autoscaling", Set.of("object-store:7070", "kafka:9092"),
            "monitoring", Set.of("object-store:7070", "kafka:9092"),
            "gpu", Set.of("object-store:7070", "kafka:9092"));

    private final Path copy;

    private Overlays(Path copy) {
        this.copy = copy;
    }

    static boolean canBeBuilt() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "kubectl")));
    }

    /** @param directory that is empty, for the copy */
    static List<Overlay> build(Path directory) {
        try {
            Overlays overlays = new Overlays(directory);
            overlays.copy();
            List<Overlay> built = new ArrayList<>();
            built.add(overlays.local());
            built.add(overlays.rendered("production", SECRETS_OF_PRODUCTION));
            for (var component : OTHER_COMPONENTS.entrySet()) {
                overlays.writeOverlay(component.getKey());
                Set<String> elsewhere = new HashSet<>(SECRETS_OF_BASE);
                elsewhere.addAll(component.getValue());
                built.add(overlays.rendered(component.getKey(), elsewhere));
            }
            return built;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Overlay local() {
        Command.start(copy, List.of(copy.resolve("overlays/local/make-secrets").toString()))
                .awaitSuccess();
        return rendered("local", Set.of());
    }

    private void writeOverlay(String component) throws IOException {
        Path directory = Files.createDirectory(copy.resolve("overlays").resolve(component));
        Files.writeString(directory.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: vaestream
                resources: [../../base]
                components: [../../components/%s]
                """.formatted(component));
    }

    private Overlay rendered(String name, Set<String> elsewhere) {
        String output = Command.start(copy, List.of("kubectl", "kustomize", "overlays/" + name))
                .awaitSuccess();
        List<KubernetesObject> objects =
                YamlFile.parse(output).stream().map(KubernetesObject::new).toList();
        return new Overlay(name, objects, elsewhere);
    }

    /** Secrets that somebody made beside the overlay stay where they are. */
    private void copy() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (file.toString().endsWith(".env") || file.getParent().endsWith("keys")) {
                    continue;
                }
                Path to = copy.resolve(SOURCE.relativize(file));
                Files.createDirectories(to.getParent());
                Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** The objects in the files as they are, without patches and what kustomize generates. */
    static List<KubernetesObject> files() {
        try (Stream<Path> files = Files.walk(SOURCE)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .flatMap(file -> YamlFile.read(file).stream())
                    .filter(JsonNode::isObject)
                    .map(KubernetesObject::new)
                    .filter(object -> !Set.of("Kustomization", "Component").contains(object.kind()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
