package dev.vaestream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalTest {
    @ParameterizedTest
    @EnumSource
    void everyRefusalHasACodeForPrograms(Refusal refusal) {
        assertThat(refusal.code()).matches("[a-z]+(-[a-z]+)*");
    }

    @ParameterizedTest
    @EnumSource
    void everyRefusalIsAnHttpError(Refusal refusal) {
        assertThat(refusal.status()).isBetween(400, 599);
    }
}
