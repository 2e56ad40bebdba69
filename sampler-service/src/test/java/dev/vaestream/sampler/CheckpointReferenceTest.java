package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointReferenceTest {
    @Test
    void nothingAskedForIsTheLatestOfTheServedRun() {
        assertThat(parsed(Map.of())).isEqualTo(new CheckpointReference(null, "latest"));
    }

    @Test
    void whatIsNamedIsTaken() {
        assertThat(parsed(Map.of("run", List.of("other"), "checkpoint", List.of("best"))))
                .isEqualTo(new CheckpointReference("other", "best"));
    }

    @Test
    void digitsAreAStep() {
        assertThat(new CheckpointReference("demo", "00500").step()).hasValue(500);
    }

    @ParameterizedTest
    @CsvSource({"latest", "best", "production", "5a", "1234567890123456789"})
    void whatIsNoNumberOfStepsIsNoStep(String name) {
        assertThat(new CheckpointReference("demo", name).step()).isEmpty();
    }

    private static CheckpointReference parsed(Map<String, List<String>> parameters) {
        return CheckpointReference.of(Query.of(parameters, CheckpointReference.PARAMETERS));
    }
}
