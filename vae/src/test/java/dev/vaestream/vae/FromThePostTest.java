package dev.vaestream.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vaestream.contracts.Json;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java of {@code docs/from-the-post.md}, which is that of the classes beside this, cell by cell, and what it prints. */
class FromThePostTest {
    private static final PostPage PAGE = PostPage.read();
    private static final Map<String, Supplier<String>> CELLS = new TreeMap<>();
    /** What the inverse error function leaves of a normal number near 0. */
    private static final BigDecimal SINGLE_PRECISION = new BigDecimal("1e-7");

    static {
        Stream.of(PostModules.CELLS, PostOptimizers.CELLS, PostTraining.CELLS, PostTidbits.CELLS, PostCheckpoints.CELLS)
                .forEach(CELLS::putAll);
    }

    @ParameterizedTest
    @MethodSource("names")
    void thePageShowsTheCodeThatRuns(String cell) {
        assertThat(PAGE.code(cell)).isEqualTo(PAGE.source(cell));
    }

    /** Every number within one unit of the last digit that the page shows; a zero is a zero. */
    @ParameterizedTest
    @MethodSource("outputs")
    void thePageShowsWhatItPrints(String cell) {
        String printed = CELLS.get(cell).get();

        assertThat(PostPage.words(printed)).isEqualTo(PostPage.words(PAGE.output(cell)));
        List<BigDecimal> numbers = PostPage.numbers(printed);
        List<BigDecimal> shown = PostPage.numbers(PAGE.output(cell));
        for (int i = 0; i < shown.size(); i++) {
            assertThat(numbers.get(i).subtract(shown.get(i)).abs())
                    .as("%s is %s on the page", numbers.get(i), shown.get(i))
                    .isLessThanOrEqualTo(shown.get(i).ulp());
        }
    }

    /** Its zeros are on the page; its GPU's update of BERT is not that of a CPU, as the page says. */
    @ParameterizedTest
    @MethodSource("printedByTheTutorial")
    void theTutorialPrintsTheSame(String cell, List<BigDecimal> expected) {
        List<BigDecimal> numbers = PostPage.numbers(CELLS.get(cell).get()).stream()
                .filter(number -> number.scale() > 1)
                .toList();

        assertThat(numbers).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            BigDecimal unit = numbers.get(i).ulp().max(SINGLE_PRECISION);
            assertThat(numbers.get(i).subtract(expected.get(i)).abs())
                    .as("%s is %s in the tutorial", numbers.get(i), expected.get(i))
                    .isLessThanOrEqualTo(unit);
        }
    }

    static Stream<Arguments> printedByTheTutorial() throws IOException {
        try (InputStream file = FromThePostTest.class.getResourceAsStream("/printed_by_the_tutorial.json")) {
            return Json.mapper().readTree(file).properties().stream()
                    .map(cell -> arguments(
                            cell.getKey(),
                            StreamSupport.stream(cell.getValue().spliterator(), false)
                                    .map(number -> new BigDecimal(number.textValue()))
                                    .toList()));
        }
    }

    @Test
    void everyCellThatPrintsIsRun() {
        assertThat(outputs()).containsExactlyInAnyOrderElementsOf(CELLS.keySet());
    }

    static List<String> names() {
        return PAGE.names();
    }

    static List<String> outputs() {
        return PAGE.names().stream().filter(PAGE::prints).toList();
    }
}
