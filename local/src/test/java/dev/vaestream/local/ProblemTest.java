package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProblemTest {
    @Test
    void titleAndDetailAreOneLine() {
        Problem problem = problem(
                409,
                "{\"type\":\"stream-differs\",\"title\":\"Stream differs\",\"status\":409,\"detail\":\"seed is\\n 1\"}");

        assertThat(problem).isEqualTo(new Problem(409, "stream-differs", "Stream differs: seed is 1"));
    }

    @Test
    void aTitleAloneIsEnough() {
        assertThat(problem(404, "{\"title\":\"Not found\"}").line()).isEqualTo("Not found");
    }

    @Test
    void whatIsNoProblemIsToldByItsStatus() {
        assertThat(problem(502, "<html>bad gateway</html>").line()).isEqualTo("HTTP status 502");
    }

    @Test
    void anEmptyBodyIsToldByItsStatus() {
        assertThat(problem(500, "").line()).isEqualTo("HTTP status 500");
    }

    private static Problem problem(int status, String body) {
        return Problem.of(status, body.getBytes(StandardCharsets.UTF_8));
    }
}
