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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    @ParameterizedTest
    @EnumSource
    void aModuleDoesNotKnow(Module module) {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(module.forbidden.toArray(String[]::new)))
                .check(module.classes());
    }

    @ParameterizedTest
    @EnumSource
    void aModuleIsOneFlatPackage(Module module) {
        assertThat(module.classes().stream().map(JavaClass::getPackageName)).containsOnly(module.packageName);
    }

    @Test
    void randomKnowsNothingOfOurs() {
        classes()
                .should()
                .onlyDependOnClassesThat(not(resideInAnyPackage(OURS)).or(resideInAnyPackage("dev.vaestream.learning.random")))
                .check(Module.RANDOM.classes());
    }

    @Test
    void oneClassKnowsTheStorageClient() {
        Set<String> users = Module.CHECKPOINT.classes().stream()
                .filter(type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency -> dependency
                                .getTargetClass()
                                .getPackageName()
                                .startsWith("io.minio")))
                .map(type -> type.getName().replaceAll("\\$.*", ""))
                .collect(Collectors.toSet());
        assertThat(users).hasSize(1);
    }

    enum Module {
        CONTRACTS("contracts", "contracts", List.of(TENSORFLOW, QUARKUS, SMALLRYE, KAFKA, S3)),
        RANDOM("learning/random", "learning.random", with(NO_SERVICE, TENSORFLOW)),
        TRACING(
                "learning/tracing",
                "learning.tracing",
                with(
                        NO_SERVICE,
                        "dev.vaestream.learning.random",
                        "dev.vaestream.learning.optim",
                        "dev.vaestream.learning.nn",
                        "dev.vaestream.contracts",
                        "dev.vaestream.vae")),
        OPTIM(
                "learning/optim",
                "learning.optim",
                with(NO_SERVICE, "dev.vaestream.learning.nn", "dev.vaestream.contracts", "dev.vaestream.vae")),
        NN("learning/nn", "learning.nn", with(NO_SERVICE, "dev.vaestream.contracts", "dev.vaestream.vae")),
        VAE("vae", "vae", NO_SERVICE),
        INGEST("ingest-service", "ingest", List.of(TENSORFLOW, S3)),
        TRAINER("trainer-service", "trainer", List.of(S3)),
        CHECKPOINT("checkpoint-service", "checkpoint", List.of(TENSORFLOW)),
        SAMPLER("sampler-service", "sampler", List.of(S3)),
        LOCAL("local", "local", List.of(TENSORFLOW, QUARKUS));

        private final Path classesDirectory;
        private final String packageName;
        private final List<String> forbidden;

        Module(String directory, String packageName, List<String> forbidden) {
            this.classesDirectory = Path.of("..", directory, "target", "classes");
            this.packageName = "dev.vaestream." + packageName;
            this.forbidden = forbidden;
        }

        JavaClasses classes() {
            return new ClassFileImporter().importPath(classesDirectory);
        }

        private static List<String> with(List<String> packages, String... more) {
            return java.util.stream.Stream.concat(packages.stream(), java.util.stream.Stream.of(more))
                    .toList();
        }
    }
}
