package dev.vaestream.sampler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunRecordsTest {
    private static final Topics TOPICS = new Topics("test-");

    private final RunBoard board = new RunBoard(10, 100);
    private final RunRecords records = new RunRecords(TOPICS, board);

    @Test
    void aRecordGoesWhereItsTopicSays() {
        records.accept(TOPICS.metrics(), Json.write(Fixtures.window("demo", 100)));

        assertThat(board.summary("demo").orElseThrow().step()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{not json", "{\"type\": \"window\"}", "[]"})
    void whatCannotBeReadIsLeftOut(String value) {
        assertThatCode(() -> records.accept(TOPICS.metrics(), value.getBytes(UTF_8)))
                .doesNotThrowAnyException();
    }

    @Test
    void aKeyThatIsGoneSaysNothing() {
        assertThatCode(() -> records.accept(TOPICS.runEvents(), null)).doesNotThrowAnyException();
    }

    @Test
    void theTopicsAreTheContractsWithThePrefix() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = RunRecords.class.getResourceAsStream("/application.properties")) {
            properties.load(in);
        }

        assertThat(List.of(properties
                        .getProperty("mp.messaging.incoming.runs.topics")
                        .replace("${vaestream.topic-prefix:}", "test-")
                        .split(",")))
                .isEqualTo(RunRecords.names(TOPICS));
    }
}
