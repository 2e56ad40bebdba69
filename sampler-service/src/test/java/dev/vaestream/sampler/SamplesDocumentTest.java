package dev.vaestream.sampler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesDocumentTest {
    @Test
    void imagesAreNestedByClassIndexAndLine() throws IOException {
        float[] values = {0, 0.5f, 1, 1.5f, 2, 2.5f, 3, 3.5f, 4, 4.5f, 5, 5.5f};
        Checkpoint checkpoint = Fixtures.tinyCheckpoint("demo", 7);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        SampleFormat.JSON.write(new Samples(checkpoint, new SampleRequest(List.of(2, 1), 1, 9), values), out);

        assertThat(out.toString(UTF_8))
                .isEqualTo("{\"classes\":[2,1],"
                        + "\"firstIndex\":0,"
                        + "\"images\":[[[[0.0,0.5,1.0],[1.5,2.0,2.5]]],[[[3.0,3.5,4.0],[4.5,5.0,5.5]]]],"
                        + "\"paramsDigest\":\"" + checkpoint.paramsDigest()
                        + "\",\"run\":\"demo\",\"seed\":9,\"step\":7}");
    }
}
