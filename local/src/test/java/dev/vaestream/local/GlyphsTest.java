package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GlyphsTest {
    @Test
    void aUtf8LocaleShowsEverything() {
        assertThat(Glyphs.of(Map.of("LANG", "en_GB.UTF-8"))).isEqualTo(Glyphs.UNICODE);
    }

    @Test
    void withoutALocaleOnlyAsciiIsSure() {
        assertThat(Glyphs.of(Map.of())).isEqualTo(Glyphs.ASCII);
    }

    @Test
    void lcAllGoesBeforeLang() {
        assertThat(Glyphs.of(Map.of("LC_ALL", "C", "LANG", "en_GB.UTF-8"))).isEqualTo(Glyphs.ASCII);
    }

    @Test
    void anEmptyVariableIsAsGoodAsNone() {
        assertThat(Glyphs.of(Map.of("LC_ALL", "", "LANG", "de_DE.utf8"))).isEqualTo(Glyphs.UNICODE);
    }
}
