package dev.vaestream.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTest {
    static Stream<Arguments> wrongRunRequests() {
        return Stream.of(
                Arguments.of("", "", "The JSON is empty"),
                Arguments.of(" \n\t", "", "The JSON is empty"),
                Arguments.of("null", "", "The JSON is null"),
                Arguments.of("{", "", "The JSON ends too early at line 1, column 2"),
                Arguments.of("{\"run\":\"a\",,}", "", "The JSON is not valid JSON at line 1, column 12"),
                Arguments.of(
                        "{\"run\":\"a\",\"spec\":{\"stream\":}}",
                        "",
                        "The JSON is not valid JSON at line 1, column 29"),
                Arguments.of("[]", "", "The JSON is an array; it must be an object"),
                Arguments.of("\"x\"", "", "The JSON is a string; it must be an object"),
                Arguments.of("{\"run\":\"a\"}", "spec", "Field spec: is missing"),
                Arguments.of("{\"spec\":{\"stream\":\"m\"}}", "run", "Field run: is missing"),
                Arguments.of("{\"run\":\"a\",\"spec\":{}}", "spec.stream", "Field spec.stream: is missing"),
                Arguments.of("{\"run\":\"a\",\"spec\":null}", "spec", "Field spec: is null; it must have a value"),
                Arguments.of(
                        "{\"run\":null,\"spec\":{\"stream\":\"m\"}}",
                        "run",
                        "Field run: is null; it must have a value"),
                Arguments.of("{\"run\":\"a\",\"spec\":\"b\"}", "spec", "Field spec: is a string; it must be an object"),
                Arguments.of(run("") + "{}", "", "The JSON goes on after its end"),
                Arguments.of(
                        "{\"run\":\"a\",\"run\":\"b\"}", "", "The JSON has the field 'run' twice at line 1, column 17"),
                Arguments.of(
                        "{\"run\":\"A b\",\"spec\":{\"stream\":\"m\"}}",
                        "run",
                        "Field run: is 'A b'; it must be 1 to 63 lower-case letters, digits and inner dashes"),
                Arguments.of(
                        run(",\"stepz\":1"),
                        "spec.stepz",
                        "Field spec.stepz: is not known; known here: checkpoints, device, evaluation,"
                                + " firstSequence, forkedFrom, initializeFrom, klWeight, logEvery, model, optimizer, prng,"
                                + " seed, steps, stream"),
                Arguments.of(run(",\"steps\":-1"), "spec.steps", "Field spec.steps: is -1; it must be at least 1"),
                Arguments.of(
                        run(",\"steps\":\"5\""),
                        "spec.steps",
                        "Field spec.steps: is a string; it must be a whole number of 64 bits"),
                Arguments.of(
                        run(",\"steps\":5.5"),
                        "spec.steps",
                        "Field spec.steps: is 5.5; it must be a whole number of 64 bits"),
                Arguments.of(
                        run(",\"steps\":true"),
                        "spec.steps",
                        "Field spec.steps: is a boolean; it must be a whole number of 64 bits"),
                Arguments.of(
                        run(",\"steps\":[1]"),
                        "spec.steps",
                        "Field spec.steps: is an array; it must be a whole number of 64 bits"),
                Arguments.of(
                        run(",\"steps\":99999999999999999999"),
                        "spec.steps",
                        "Field spec.steps: is out of range; it must be a whole number of 64 bits"),
                Arguments.of(
                        run(",\"logEvery\":3000000000"),
                        "spec.logEvery",
                        "Field spec.logEvery: is out of range; it must be a whole number of 32 bits"),
                Arguments.of(
                        run(",\"klWeight\":\"much\""),
                        "spec.klWeight",
                        "Field spec.klWeight: is a string; it must be a number"),
                Arguments.of(
                        run(",\"klWeight\":{}"),
                        "spec.klWeight",
                        "Field spec.klWeight: is an object; it must be a number"),
                Arguments.of(
                        run(",\"klWeight\":1e999"),
                        "spec.klWeight",
                        "Field spec.klWeight: is Infinity; it must be finite and not negative"),
                Arguments.of("{\"run\":5,\"spec\":{\"stream\":\"m\"}}", "run", "Field run: is 5; it must be a string"),
                Arguments.of(
                        run(",\"prng\":\"new\""),
                        "spec.prng",
                        "Field spec.prng: is 'new'; it must be one of legacy, partitionable"),
                Arguments.of(
                        run(",\"prng\":\"\""),
                        "spec.prng",
                        "Field spec.prng: is ''; it must be one of legacy, partitionable"),
                Arguments.of(
                        run(",\"prng\":0"),
                        "spec.prng",
                        "Field spec.prng: is 0; it must be one of legacy, partitionable"),
                Arguments.of(
                        run(",\"prng\":{}"),
                        "spec.prng",
                        "Field spec.prng: is an object; it must be one of legacy, partitionable"),
                Arguments.of(
                        run(",\"optimizer\":{\"adamw\":{\"b1\":1}}"),
                        "spec.optimizer.adamw.b1",
                        "Field spec.optimizer.adamw.b1: is 1.0; it must be at least 0 and less than 1"),
                Arguments.of(
                        run(",\"model\":{\"encoder\":3}"),
                        "spec.model.encoder",
                        "Field spec.model.encoder: is a number; it must be an array"),
                Arguments.of(
                        run(",\"model\":{\"encoder\":[256,\"x\"]}"),
                        "spec.model.encoder[1]",
                        "Field spec.model.encoder[1]: is a string; it must be a whole number of 32 bits"),
                Arguments.of(
                        run(",\"model\":{\"encoder\":[256,null]}"),
                        "spec.model.encoder[1]",
                        "Field spec.model.encoder[1]: is null; it must have a value"));
    }

    @ParameterizedTest
    @MethodSource("wrongRunRequests")
    void aWrongRunRequestIsRefusedInPlainWords(String json, String path, String message) {
        InvalidJsonException refusal = refusal(json, RunRequest.class);

        assertThat(refusal).hasMessage(message);
        assertThat(refusal.path()).isEqualTo(path);
    }

    @Test
    void deepNestingIsRefused() {
        InvalidJsonException refusal = refusal("[".repeat(100_000), RunRequest.class);

        assertThat(refusal).hasMessageStartingWith("The JSON is ");
    }

    @Test
    void aNumberOfTenThousandDigitsIsRefused() {
        InvalidJsonException refusal = refusal(run(",\"steps\":" + "9".repeat(10_000)), RunRequest.class);

        assertThat(refusal).hasMessageStartingWith("The JSON is nested too deeply, or a value in it is too long");
    }

    @Test
    void aMetricsEventWithoutATypeIsRefused() {
        InvalidJsonException refusal = refusal("{\"run\":\"a\"}", MetricsEvent.class);

        assertThat(refusal).hasMessage("Field type: is missing; it must be one of window, epoch, evaluation");
    }

    @Test
    void aMetricsEventOfAnUnknownTypeIsRefused() {
        InvalidJsonException refusal = refusal("{\"type\":\"day\"}", MetricsEvent.class);

        assertThat(refusal).hasMessage("Field type: 'day' is not known; it must be one of window, epoch, evaluation");
    }

    @Test
    void aTimeInAnotherFormIsRefused() {
        InvalidJsonException refusal =
                refusal("{\"run\":\"a\",\"state\":\"queued\",\"step\":0,\"at\":\"yesterday\"}", RunEvent.class);

        assertThat(refusal).hasMessage("Field at: is 'yesterday'; it must be a time as 2026-01-31T12:00:00Z");
    }

    @Test
    void anOptionalFieldMayBeNull() {
        RunRequest request = Json.read(run(",\"steps\":null").getBytes(UTF_8), RunRequest.class);

        assertThat(request.spec().steps()).isEqualTo(37_500);
    }

    @Test
    void aDigestOfAnotherFormIsRefused() {
        InvalidJsonException refusal = refusal("{\"bytes\":1,\"name\":\"a\",\"sha256\":\"ff\"}", Blob.class);

        assertThat(refusal).hasMessage("Field sha256: digest is 'ff'; it must be 64 lower-case hexadecimal digits");
    }

    @Test
    void keysAreWrittenInAlphabeticalOrder() {
        byte[] json = Json.write(new LossSums(3, 1.5, 0.25, 1e-4));

        assertThat(json).asString(UTF_8).isEqualTo("{\"batches\":3,\"kl\":1.0E-4,\"loss\":1.5,\"mse\":0.25}");
    }

    @Test
    void aDoubleHasItsShortestDigits() {
        byte[] json = Json.write(new Losses(Double.parseDouble("2e23"), Double.parseDouble("8.41e21"), 0));

        assertThat(json).asString(UTF_8).isEqualTo("{\"kl\":0.0,\"loss\":2.0E23,\"mse\":8.41E21}");
    }

    @Test
    void absentValuesAreNotWritten() {
        byte[] json = Json.write(new StreamRequest("s", null, null, null, null, null, null, null, null));

        assertThat(json).asString(UTF_8).isEqualTo("{\"stream\":\"s\"}");
    }

    private static String run(String more) {
        return "{\"run\":\"a\",\"spec\":{\"stream\":\"m\"" + more + "}}";
    }

    private static InvalidJsonException refusal(String json, Class<?> type) {
        return catchThrowableOfType(InvalidJsonException.class, () -> Json.read(json.getBytes(UTF_8), type));
    }
}
