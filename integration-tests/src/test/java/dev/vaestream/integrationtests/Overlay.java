package dev.vaestream.integrationtests;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a cluster is told to hold.
 *
 * @param name of the directory that it is made of
 * @param elsewhere names of secrets and addresses of servers that somebody else brings
 */
record Overlay(String name, List<KubernetesObject> objects, Set<String> elsewhere) {
    Stream<KubernetesObject> of(String kind) {
        return objects.stream().filter(object -> object.is(kind));
    }

    Stream<KubernetesObject> workloads() {
        return objects.stream().filter(KubernetesObject::isWorkload);
    }

    KubernetesObject one(String kind, String name) {
        return of(kind).filter(object -> object.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("%s has no %s %s".formatted(this, kind, name)));
    }

    KubernetesObject workload(String name) {
        return workloads()
                .filter(object -> object.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("%s has no workload %s".formatted(this, name)));
    }

    /** The environment of a service's process; what is not known before the pod starts is empty. */
    Map<String, String> environment(String workload) {
        Map<String, String> environment = new TreeMap<>();
        for (var container : workload(workload).containers()) {
            KubernetesObject.items(container.at("/envFrom"))
                    .map(source -> source.at("/configMapRef/name").asText())
                    .forEach(map -> environment.putAll(KubernetesObject.strings(
                            one("ConfigMap", map).tree().at("/data"))));
            KubernetesObject.items(container.at("/env"))
                    .forEach(variable -> environment.put(
                            variable.at("/name").asText(), variable.at("/value").asText()));
        }
        return environment;
    }

    @Override
    public String toString() {
        return name;
    }
}
