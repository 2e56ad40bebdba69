package dev.vaestream.integrationtests;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * What a built service can be told, by the names of environment variables.
 *
 * @param properties of its own file
 * @param defaults of its own settings, by their keys; empty where there is none
 * @param names of all variables that mean something to it
 * @param families beginnings of variables whose rest is a key of a map
 */
record ServiceSettings(Properties properties, Map<String, String> defaults, Set<String> names, Set<String> families) {
    private static final String MAPPING = "io.smallrye.config.ConfigMapping";
    private static final String DEFAULT = "io.smallrye.config.WithDefault";
    private static final String PROPERTY = "org.eclipse.microprofile.config.inject.ConfigProperty";
    /** Read by the C library and TensorFlow. */
    private static final Set<String> NATIVE = Set.of(
            "MALLOC_ARENA_MAX",
            "TF_CPP_MIN_LOG_LEVEL",
            "TF_ENABLE_ONEDNN_OPTS",
            "TF_DETERMINISTIC_OPS",
            "TF_CUDNN_DETERMINISTIC");

    static ServiceSettings of(String service) {
        Path module = Path.of("..", service + "-service");
        Properties properties = properties(module.resolve("src/main/resources/application.properties"));
        JavaClasses own = new ClassFileImporter()
                .importPaths(module.resolve("target/classes"), Path.of("..", "http-security", "target", "classes"));
        Map<String, String> defaults = new TreeMap<>();
        mappings(own).forEach(mapping -> walk(mapping, prefix(mapping), defaults));
        injected(own).forEach(name -> defaults.putIfAbsent(name, ""));
        Map<String, String> all = new TreeMap<>(defaults);
        mappings(quarkusCore(module)).forEach(mapping -> walk(mapping, prefix(mapping), all));
        properties.stringPropertyNames().forEach(name -> all.put(name, ""));
        kafkaNames().forEach(name -> all.put("kafka." + name, ""));
        Set<String> names = new TreeSet<>(NATIVE);
        Set<String> families = new TreeSet<>();
        all.keySet().forEach(key -> {
            if (key.endsWith(".*")) {
                families.add(variable(key.substring(0, key.length() - 1)));
            } else {
                names.add(variable(key));
            }
        });
        return new ServiceSettings(properties, defaults, names, families);
    }

    boolean knows(String variable) {
        return names.contains(variable) || families.stream().anyMatch(variable::startsWith);
    }

    String defaultOf(String key) {
        return defaults.get(key);
    }

    int port() {
        return Integer.parseInt(properties.getProperty("quarkus.http.port"));
    }

    /** SmallRye's rule. */
    private static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static Stream<JavaClass> mappings(JavaClasses classes) {
        return classes.stream().filter(type -> type.isAnnotatedWith(MAPPING));
    }

    private static String prefix(JavaClass mapping) {
        return (String) mapping.getAnnotationOfType(MAPPING).get("prefix").orElseThrow();
    }

    private static void walk(JavaClass group, String prefix, Map<String, String> found) {
        for (JavaMethod method : group.getMethods()) {
            String key = prefix + "." + dashed(method.getName());
            JavaClass type = method.getRawReturnType();
            if (type.isInterface() && type.getName().startsWith(group.getPackageName())) {
                walk(type, key, found);
            } else if (type.getName().equals(Map.class.getName())) {
                found.put(key + ".*", "");
            } else {
                found.put(
                        key,
                        method.tryGetAnnotationOfType(DEFAULT)
                                .flatMap(annotation -> annotation.get("value"))
                                .map(String::valueOf)
                                .orElse(""));
            }
        }
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static Stream<String> injected(JavaClasses classes) {
        return classes.stream()
                .flatMap(type -> type.getCodeUnits().stream())
                .flatMap(unit -> unit.getParameters().stream())
                .flatMap(parameter -> parameter.tryGetAnnotationOfType(PROPERTY).stream())
                .map(annotation -> (String) annotation.get("name").orElseThrow());
    }

    private static Set<String> kafkaNames() {
        Set<String> names = new TreeSet<>(ConsumerConfig.configNames());
        names.addAll(ProducerConfig.configNames());
        names.addAll(AdminClientConfig.configNames());
        return names;
    }

    private static JavaClasses quarkusCore(Path module) {
        try (Stream<Path> files = Files.list(module.resolve("target/quarkus-app/lib/main"))) {
            Path jar = files.filter(file -> file.getFileName().toString().startsWith("io.quarkus.quarkus-core-"))
                    .findFirst()
                    .orElseThrow();
            try (JarFile open = new JarFile(jar.toFile())) {
                return new ClassFileImporter().importJar(open);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties properties(Path file) {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
