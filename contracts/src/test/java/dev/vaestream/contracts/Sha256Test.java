package dev.vaestream.contracts;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class Sha256Test {
    @Test
    void theDigestOfAbcIsTheStandards() {
        assertThat(Sha256.of("abc".getBytes(US_ASCII)).hex())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void aBufferIsDigestedFromItsPosition() {
        ByteBuffer buffer = ByteBuffer.wrap("xabc".getBytes(US_ASCII)).position(1);

        assertThat(Sha256.of(buffer)).isEqualTo(Sha256.of("abc".getBytes(US_ASCII)));
    }

    @Test
    void aChainDependsOnItsOrder() {
        Sha256 a = Sha256.of(new byte[] {1});
        Sha256 b = Sha256.of(new byte[] {2});

        assertThat(Sha256.EMPTY.chain(a).chain(b))
                .isNotEqualTo(Sha256.EMPTY.chain(b).chain(a));
    }

    @Test
    void upperCaseIsRefused() {
        assertThatThrownBy(() -> new Sha256("BA".repeat(32)))
                .hasMessageContaining("it must be 64 lower-case hexadecimal digits");
    }
}
