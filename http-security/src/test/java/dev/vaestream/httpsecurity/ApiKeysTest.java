package dev.vaestream.httpsecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.ApiKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeysTest {
    private static final ApiKey FIRST = new ApiKey(ApiKey.PREFIX + "1".repeat(64));
    private static final ApiKey SECOND = new ApiKey(ApiKey.PREFIX + "2".repeat(64));

    @TempDir
    Path directory;

    @Test
    void aKeyIsItsCallers() {
        ApiKeys keys =
                read("# ours\n\nann operator,sampler %s\nbob ingest %s\n".formatted(FIRST.digest(), SECOND.digest()));

        assertThat(keys.find(FIRST)).contains(new Caller("ann", Set.of(Role.OPERATOR, Role.SAMPLER), FIRST.digest()));
    }

    @Test
    void anotherKeyIsNobodys() {
        assertThat(read("ann operator " + FIRST.digest()).find(SECOND)).isEmpty();
    }

    @Test
    void aRoleThatIsNotThereIsNamedWithItsLine() {
        assertThatThrownBy(() -> read("# first\nann admin " + FIRST.digest()))
                .hasMessageEndingWith("api-keys, line 2: role is 'admin'; it must be one of ingest, operator, sampler,"
                        + " trainer, reader, metrics");
    }

    @Test
    void aLineThatHoldsTheKeyItselfIsRefusedWithoutIt() {
        String key = FIRST.authorization().substring("Bearer ".length());

        assertThatThrownBy(() -> read("ann operator " + key)).hasMessageNotContaining(key);
    }

    @Test
    void aFileWithoutCallersIsRefused() {
        assertThatThrownBy(() -> read("# nobody\n")).hasMessageEndingWith("names no caller");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> ApiKeys.read(directory.resolve("absent")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("absent");
    }

    private ApiKeys read(String text) {
        try {
            return ApiKeys.read(Files.writeString(directory.resolve("api-keys"), text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
