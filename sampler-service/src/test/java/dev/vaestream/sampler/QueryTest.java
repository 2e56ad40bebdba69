package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
    private static final Set<String> KNOWN = Set.of("count", "run", "seed");

    @Test
    void anAbsentParameterHasItsDefault() {
        assertThat(query(Map.of()).whole("count", 1, 100, 10)).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 100})
    void bothEndsOfARangeAreAccepted(long value) {
        assertThat(query(Map.of("count", List.of(Long.toString(value)))).whole("count", 1, 100, 10))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "-1", "+5", "1e1", "5.0", "", " 5", "abc", "٥", "99999999999999999999", "0x5"})
    void whatIsNoWholeNumberInTheRangeIsRefusedByNameAndValue(String value) {
        Query query = query(Map.of("count", List.of(value)));

        assertThatThrownBy(() -> query.whole("count", 1, 100, 10))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage("count is '%s'; it must be a whole number from 1 to 100".formatted(value));
    }

    @Test
    void aParameterGivenTwiceIsRefused() {
        Query query = query(Map.of("seed", List.of("1", "1")));

        assertThatThrownBy(() -> query.whole("seed", 0, 9, 0)).hasMessage("seed is given 2 times; give it once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "500", "a-1"})
    void aNameIsAccepted(String value) {
        assertThat(query(Map.of("run", List.of(value))).name("run")).contains(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../b", "a/b", "a%2fb", "A", "a ", "-a", "a-", "é", "a\nb", "a?b"})
    void whatIsNoNameIsRefusedWithItsValue(String value) {
        Query query = query(Map.of("run", List.of(value)));

        assertThatThrownBy(() -> query.name("run"))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage(
                        "run is '%s'; it must be 1 to 63 lower-case letters, digits and inner dashes".formatted(value));
    }

    @Test
    void anUnknownParameterIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> query(Map.of("cuont", List.of("5"))))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage("There is no parameter 'cuont'; there are count, run, seed");
    }

    @Test
    void aLongValueIsShownShortened() {
        assertThat(Query.quoted("x".repeat(100_000))).isEqualTo("'" + "x".repeat(40) + "…'");
    }

    private static Query query(Map<String, List<String>> parameters) {
        return Query.of(parameters, KNOWN);
    }
}
