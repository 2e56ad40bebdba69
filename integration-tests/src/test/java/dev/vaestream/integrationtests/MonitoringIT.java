package dev.vaestream.integrationtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.local.Member;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Alarms and dashboard ask for what the services really export. */
class MonitoringIT {
    private static final Path MONITORING = Pipeline.home().resolve("k8s/components/monitoring");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{|\\s)");
    private static final Pattern METRIC = Pattern.compile("\\b(?:vaestream|http|jvm|process)_[a-z_]+");

    @TempDir
    private static Path directory;

    private static Pipeline pipeline;
    private static Set<String> exported = Set.of();

    @BeforeAll
    static void trainAndSample() {
        pipeline = Pipeline.start(directory);
        pipeline.createStream("short", 1, 1);
        pipeline.startRun(new RunRequest("short", RunSpec.defaults("short", 200)));
        pipeline.awaitWeights("short");
        pipeline.get(Member.SAMPLER, "/v1/samples");
        exported = Stream.of(Member.INGEST, Member.TRAINER, Member.CHECKPOINT, Member.SAMPLER)
                .map(member -> pipeline.get(member, "/q/metrics"))
                .flatMap(answer -> names(SAMPLE, new String(answer.body(), StandardCharsets.UTF_8)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @AfterAll
    static void close() {
        pipeline.close();
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void whatIsAskedForIsExported(String expression) {
        Set<String> asked = names(METRIC, expression).collect(Collectors.toSet());

        assertThat(asked).isNotEmpty();
        assertThat(exported).containsAll(asked);
    }

    static Stream<String> expressions() throws IOException {
        JsonNode dashboard =
                new ObjectMapper().readTree(MONITORING.resolve("dashboard.json").toFile());
        return Stream.concat(Stream.of(dashboard), YamlFile.read(MONITORING.resolve("rules.yaml")).stream())
                .flatMap(tree -> tree.findValuesAsText("expr").stream());
    }

    @Test
    void whatIsOursHasOurName() {
        assertThat(exported)
                .contains("vaestream_trainer_steps_total")
                .noneMatch(name -> name.startsWith("checkpoint_"));
    }

    private static Stream<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(result -> result.groupCount() == 0 ? result.group() : result.group(1));
    }
}
