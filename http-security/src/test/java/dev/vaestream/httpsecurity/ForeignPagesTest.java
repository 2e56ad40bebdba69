package dev.vaestream.httpsecurity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignPagesTest {
    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void aPageOfAnotherSiteChangesNothing(String method) {
        assertThat(ForeignPages.changesForAnother(method, "cross-site")).isTrue();
        assertThat(ForeignPages.changesForAnother(method, "same-site")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "none"})
    void ourOwnPageAndItsUserMay(String site) {
        assertThat(ForeignPages.changesForAnother("POST", site)).isFalse();
    }

    @Test
    void whoIsNoBrowserSaysNothingOfPages() {
        assertThat(ForeignPages.changesForAnother("POST", null)).isFalse();
    }

    @Test
    void lookingChangesNothing() {
        assertThat(ForeignPages.changesForAnother("GET", "cross-site")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.1.2.3", "[::1]", "::1"})
    void loopbackHasTheseNames(String host) {
        assertThat(ForeignPages.isLoopback(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rebound.example", "127.0.0.1.example", "localhost.example", "10.0.0.1", ""})
    void anyOtherNameIsNone(String host) {
        assertThat(ForeignPages.isLoopback(host)).isFalse();
    }
}
