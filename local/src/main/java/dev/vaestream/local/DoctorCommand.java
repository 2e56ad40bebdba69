package dev.vaestream.local;

import dev.vaestream.contracts.Topics;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        description = {
            "Looks at a deployment from outside and says what to mend: services, their readiness (the checkpoint service's"
                    + " tries conditional writes on the store), clocks, Kafka and the settings of its topics.",
            "Without addresses it looks at what ./vaestream up started. Exit code 1 where something is bad."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class DoctorCommand implements Callable<Integer> {
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final Surroundings surroundings;

    @Mixin
    private DirectoryOption state = new DirectoryOption();

    @Option(names = "--ingest", paramLabel = "URL", description = "the ingest service's address")
    private @Nullable URI ingest;

    @Option(names = "--trainer", paramLabel = "URL", description = "the trainer's address")
    private @Nullable URI trainer;

    @Option(names = "--checkpoint", paramLabel = "URL", description = "the checkpoint service's address")
    private @Nullable URI checkpoint;

    @Option(names = "--sampler", paramLabel = "URL", description = "the sampler's address")
    private @Nullable URI sampler;

    @Option(names = "--kafka", paramLabel = "HOST:PORT,...", description = "Kafka's bootstrap servers")
    private @Nullable String kafka;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description = "properties of a Kafka client, for TLS and a password")
    private @Nullable Path kafkaConfig;

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            defaultValue = "",
            description = "before every topic's name")
    private String topicPrefix = "";

    DoctorCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Map<Member, URI> services = services();
        String bootstrapServers = kafka;
        if (services.isEmpty() && bootstrapServers == null) {
            Addresses addresses = state.running().addresses();
            for (Member member : Member.values()) {
                if (member.service()) {
                    services.put(member, addresses.http(member));
                }
            }
            bootstrapServers = addresses.bootstrapServers();
        }
        List<Finding> findings = new ArrayList<>();
        ServiceExam exam = new ServiceExam(
                HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build(), Clock.systemUTC());
        services.forEach((member, address) -> findings.addAll(exam.examine(member, address)));
        if (bootstrapServers != null) {
            findings.addAll(new KafkaExam(settings(bootstrapServers), new Topics(topicPrefix)).examine());
        }
        Text.table(findings.stream().map(Finding::row).toList()).forEach(surroundings::line);
        return findings.stream().allMatch(Finding::holds) ? 0 : 1;
    }

    private Map<Member, URI> services() {
        Map<Member, URI> services = new EnumMap<>(Member.class);
        put(services, Member.CHECKPOINT, checkpoint);
        put(services, Member.INGEST, ingest);
        put(services, Member.TRAINER, trainer);
        put(services, Member.SAMPLER, sampler);
        return services;
    }

    private static void put(Map<Member, URI> services, Member member, @Nullable URI address) {
        if (address == null) {
            return;
        }
        if (address.getHost() == null || !SCHEMES.contains(String.valueOf(address.getScheme()))) {
            throw new UsageException(
                    "--%s is '%s'; it must be an address as http://host:port".formatted(member.title(), address));
        }
        services.put(member, address);
    }

    private Map<String, Object> settings(String bootstrapServers) {
        Properties properties = new Properties();
        if (kafkaConfig != null) {
            try (Reader reader = Files.newBufferedReader(kafkaConfig)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new CommandFailedException("cannot read %s: %s".formatted(kafkaConfig, Reason.of(e)), e);
            }
        }
        Map<String, Object> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        settings.put("bootstrap.servers", bootstrapServers);
        return settings;
    }
}
