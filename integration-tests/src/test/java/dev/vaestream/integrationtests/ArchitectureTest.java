package dev.vaestream.integrationtests;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each module must not know. */
class ArchitectureTest {
    private static final String TENSORFLOW = "org.tensorflow..";
    private static final String QUARKUS = "io.quarkus..";
    private static final String KAFKA = "org.apache.kafka..";
    private static final String SMALLRYE = "io.smallrye..";
    private static final String HTTP = "jakarta.ws.rs..";
    private static final String JDK_HTTP = "java.net.http..";
    private static final String S3 = "io.minio..";
    private static final String OURS = "dev.vaestream..";
    private static final List<String> NO_SERVICE = List.of(QUARKUS, KAFKA, SMALLRYE, HTTP, JDK_HTTP, S3);
    private static final Module RANDOM = new Module("learning/random", "learning.random", also(TENSORFLOW));
    private static final Module CHECKPOINT = new Module("checkpoint-service", "checkpoint", List.of(TENSORFLOW));

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleDoesNotKnow(Module module) {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(module.forbidden().toArray(String[]::new)))
                .check(module.classes());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleIsOneFlatPackage(Module module) {
        assertThat(module.classes().stream().map(JavaClass::getPackageName)).containsOnly(module.packageName());
    }

    @Test
    void randomKnowsNothingOfOurs() {
        classes()
                .should()
                .onlyDependOnClassesThat(
                        not(resideInAnyPackage(OURS)).or(resideInAnyPackage("dev.vaestream.learning.random")))
                .check(RANDOM.classes());
    }

    @Test
    void oneClassKnowsTheStorageClient() {
        Set<String> users = CHECKPOINT.classes().stream()
                .filter(type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency ->
                                dependency.getTargetClass().getPackageName().startsWith("io.minio")))
                .map(type -> type.getName().replaceAll("\\$.*", ""))
                .collect(Collectors.toSet());
        assertThat(users).hasSize(1);
    }

    static Stream<Module> modules() {
        return Stream.of(
                new Module("contracts", "contracts", List.of(TENSORFLOW, QUARKUS, SMALLRYE, KAFKA, S3)),
                new Module("http-security", "httpsecurity", List.of(TENSORFLOW, KAFKA, HTTP, S3)),
                RANDOM,
                new Module(
                        "learning/tracing",
                        "learning.tracing",
                        also(
                                "dev.vaestream.learning.random",
                                "dev.vaestream.learning.optim",
                                "dev.vaestream.learning.nn",
                                "dev.vaestream.contracts",
                                "dev.vaestream.vae")),
                new Module(
                        "learning/optim",
                        "learning.optim",
                        also("dev.vaestream.learning.nn", "dev.vaestream.contracts", "dev.vaestream.vae")),
                new Module("learning/nn", "learning.nn", also("dev.vaestream.contracts", "dev.vaestream.vae")),
                new Module("vae", "vae", NO_SERVICE),
                new Module("ingest-service", "ingest", List.of(TENSORFLOW, S3)),
                new Module("trainer-service", "trainer", List.of(S3)),
                CHECKPOINT,
                new Module("sampler-service", "sampler", List.of(S3)),
                new Module("local", "local", List.of(TENSORFLOW, QUARKUS)));
    }

    private static List<String> also(String... packages) {
        return Stream.concat(NO_SERVICE.stream(), Stream.of(packages)).toList();
    }

    /** A module by its directory; its package is {@code dev.vaestream.<name>}. */
    record Module(String directory, String name, List<String> forbidden) {
        JavaClasses classes() {
            return new ClassFileImporter().importPath(Path.of("..", directory, "target", "classes"));
        }

        String packageName() {
            return "dev.vaestream." + name;
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
