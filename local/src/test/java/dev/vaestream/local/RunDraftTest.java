package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.RunSpec;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RunDraftTest {
    @Test
    void whatIsSaidNowhereHasTheTutorialsValue() {
        assertThat(RunDraft.EMPTY.with(null, 100L).spec()).isEqualTo(RunSpec.defaults("mnist", 100));
    }

    @Test
    void theCommandLineGoesBeforeTheFile() {
        RunSpec spec =
                parse("{\"stream\":\"a\",\"steps\":5,\"seed\":7}").with("b", 9L).spec();

        assertThat(spec.stream()).isEqualTo("b");
        assertThat(spec.steps()).isEqualTo(9);
        assertThat(spec.seed()).isEqualTo(7);
    }

    @Test
    void theFileSaysWhetherStepsAreKnown() {
        assertThat(parse("{\"steps\":5}").hasSteps()).isTrue();
        assertThat(parse("{}").hasSteps()).isFalse();
    }

    @Test
    void anUnknownOptimizerIsNamed() {
        assertThatThrownBy(
                        () -> parse("{\"steps\":5,\"optimizer\":{\"sgdd\":{}}}").spec())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("optimizer")
                .hasMessageContaining("sgdd");
    }

    @Test
    void negativeStepsAreRefused() {
        assertThatThrownBy(() -> RunDraft.EMPTY.with("mnist", -1L).spec())
                .isInstanceOf(UsageException.class)
                .hasMessage("the run spec does not hold: Field steps: is -1; it must be at least 1");
    }

    @Test
    void whatIsNoJsonIsRefusedWithTheFilesName() {
        assertThatThrownBy(() -> parse("steps: 5"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("spec.json: ");
    }

    @Test
    void whatIsNoObjectIsRefused() {
        assertThatThrownBy(() -> parse("[1]"))
                .isInstanceOf(UsageException.class)
                .hasMessage("spec.json holds no JSON object");
    }

    private static RunDraft parse(String json) {
        return RunDraft.parse("spec.json", json.getBytes(StandardCharsets.UTF_8));
    }
}
