package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.learning.random.PrngKey;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** On a fake decoder. */
class SamplerTest extends SamplerContract {
    @Override
    Model load() {
        return new Model(Fixtures.tinyCheckpoint("demo", 1), new FakeDecoder(Fixtures.TINY, 0), Fixtures.NOON);
    }

    @Test
    void anImageIsDecodedFromItsOwnKey() {
        Samples samples = Sampler.draw(load(), new SampleRequest(List.of(2), 3, 9));
        float latent = PrngKey.of(9).foldIn(2).foldIn(1).normal(2)[0];

        assertThat(image(samples, 0, 1)[0]).isCloseTo(2 + Math.abs(latent), Offset.offset(1e-4f));
    }
}
