package dev.vaestream.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProvenanceTest {
    static final Provenance PROVENANCE = new Provenance(
            "demo",
            500,
            List.of(3, 8),
            4_294_967_295L,
            0,
            10,
            Sha256.of(new byte[] {1}),
            Sha256.of(new byte[] {2}),
            Sha256.of(new byte[] {3}));

    private static final Png.Chunk HEADER = new Png.Chunk("IHDR", ByteString.copyFrom(new byte[13]));
    private static final Png.Chunk END = new Png.Chunk("IEND", ByteString.EMPTY);

    @Test
    void whatAPictureSaysIsReadAgain() {
        assertThat(Provenance.of(Png.read(png(PROVENANCE)).text())).isEqualTo(PROVENANCE);
    }

    @Test
    void whatOthersSayInAPictureIsPassedOver() {
        SortedMap<String, String> text = new TreeMap<>(PROVENANCE.text());
        text.put("Comment", "pretty");

        assertThat(Provenance.of(text)).isEqualTo(PROVENANCE);
    }

    @Test
    void aPictureThatSaysNothingIsRefused() {
        assertThatThrownBy(() -> Provenance.of(Map.of("Software", "a camera")))
                .isInstanceOf(InvalidPictureException.class)
                .hasMessage("The picture does not say where it comes from: it has no text vaestream.run");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run            | ../demo  | run is '../demo'; it must be 1 to 63 lower-case letters, digits and inner dashes",
                "step           | -1       | step is '-1'; it must be a whole number",
                "step           | 1e3      | step is '1e3'; it must be a whole number",
                "classes        | 3,,8     | classes is ''; it must be a whole number",
                "classes        | 3,8,     | classes ends with a comma",
                "classes        | 3,3      | a class is there twice",
                "classes        | 2147483648 | classes is 2147483648; it must be 0 to 2147483647",
                "seed           | 4294967296 | seed is 4294967296; it must be 0 to 4294967295",
                "count          | 0        | count is 0; it must be at least 1",
                "paramsDigest   | 00       | digest is '00'; it must be 64 lower-case hexadecimal digits"
            })
    void aFieldThatCannotBeIsNamedWithItsValue(String field, String value, String why) {
        SortedMap<String, String> text = new TreeMap<>(PROVENANCE.text());
        text.put("vaestream." + field, value);

        assertThatThrownBy(() -> Provenance.of(text))
                .isInstanceOf(InvalidPictureException.class)
                .hasMessage("The picture's text says where it comes from wrongly: " + why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "step",
                "classes",
                "seed",
                "firstIndex",
                "count",
                "paramsDigest",
                "specDigest",
                "inputDigest"
            })
    void aFieldThatIsMissingIsNamed(String field) {
        SortedMap<String, String> text = new TreeMap<>(PROVENANCE.text());
        text.remove("vaestream." + field);

        assertThatThrownBy(() -> Provenance.of(text))
                .isInstanceOf(InvalidPictureException.class)
                .hasMessageContaining("vaestream." + field);
    }

    /** A picture without pixels that says {@code provenance}. */
    static byte[] png(Provenance provenance) {
        return png(provenance.text());
    }

    static byte[] png(SortedMap<String, String> text) {
        return Png.withText(new Png(List.of(HEADER, END)).write(), text);
    }

    /** A file of {@code count} chunks with nothing in them. */
    static byte[] chunks(int count) {
        byte[] empty = new Png.Chunk("juNk", ByteString.EMPTY).write();
        byte[] whole = new Png(List.of(HEADER, END)).write();
        ByteString file = ByteString.copyFrom(whole, 0, whole.length - empty.length);
        List<ByteString> parts = new ArrayList<>(List.of(file));
        for (int i = 0; i < count; i++) {
            parts.add(ByteString.copyFrom(empty));
        }
        parts.add(ByteString.copyFrom(whole, whole.length - empty.length, empty.length));
        return ByteString.copyFrom(parts).toByteArray();
    }
}
