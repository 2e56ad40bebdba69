package dev.vaestream.httpsecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRulesTest {
    private final AccessRules rules = new AccessRules(
            AccessRule.reading("/v1/streams/**", Role.INGEST, Role.OPERATOR),
            AccessRule.of("PUT", "/v1/streams/*/batches/*", Role.INGEST));

    @ParameterizedTest
    @ValueSource(strings = {"/v1/streams", "/v1/streams/a", "/v1/streams/a/b", "/v1/streams/"})
    void twoStarsAreTheEndAndEverythingBelow(String path) {
        assertThat(rules.roles("GET", path)).containsExactlyInAnyOrder(Role.INGEST, Role.OPERATOR);
    }

    @Test
    void oneStarIsOneSegment() {
        assertThat(rules.roles("PUT", "/v1/streams/a.b/batches/7")).containsExactly(Role.INGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/v1",
                "/v1/streamsX",
                "/v1/streams/a/batches",
                "/v1/streams/a/batches/",
                "/v1/streams//batches/7",
                "/v1/streams/a/batches/7/more",
                "/v1/streams/a/batches;x/7"
            })
    void whatNoRuleCoversIsTheOperators(String path) {
        assertThat(rules.roles("PUT", path)).containsExactly(Role.OPERATOR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "DELETE", "PATCH", "OPTIONS", "TRACE", "get"})
    void anotherMethodIsTheOperators(String method) {
        assertThat(rules.roles(method, "/v1/streams/a")).containsExactly(Role.OPERATOR);
    }

    @Test
    void probesAreNotAsked() {
        assertThat(rules.roles("GET", "/q/health/live")).isEmpty();
    }

    @Test
    void metricsHaveReadersOfTheirOwn() {
        assertThat(rules.roles("GET", "/q/metrics")).containsExactlyInAnyOrder(Role.METRICS, Role.OPERATOR);
    }

    @Test
    void aServicesOwnRuleDoesNotOpenWhatAllShare() {
        AccessRules open = new AccessRules(AccessRule.all("/**"));

        assertThat(open.roles("GET", "/q/openapi")).containsExactly(Role.OPERATOR);
    }

    @Test
    void aPathBeginsAtTheRoot() {
        assertThatThrownBy(() -> AccessRule.reading("v1")).hasMessage("path is 'v1'; it must begin with /");
    }
}
