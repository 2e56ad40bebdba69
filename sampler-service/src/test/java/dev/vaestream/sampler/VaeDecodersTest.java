package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.Canary;
import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.Safetensors;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.vae.CanaryMaker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** On TensorFlow, with parameters that JAX trained. */
class VaeDecodersTest extends SamplerContract {
    private final VaeDecoders decoders = new VaeDecoders();

    @Override
    Model load() {
        byte[] params = Fixtures.goldenParams();
        Checkpoint checkpoint = new Checkpoint(Fixtures.goldenRun("golden"), Fixtures.manifest("golden", 2000, params));
        return new Model(checkpoint, decoders.load(ModelSpec.DEFAULT, Safetensors.read(params)), Fixtures.NOON);
    }

    @Test
    void imagesAreThoseThatJaxDecodes() {
        SortedMap<String, StoredArray> golden = Fixtures.goldenImages();
        try (ImageDecoder decoder = decoders.load(ModelSpec.DEFAULT, Safetensors.read(Fixtures.goldenParams()))) {
            float[] images =
                    decoder.decode(golden.get("z").floats(), golden.get("label").ints());

            assertThat(images).containsExactly(golden.get("image").floats(), Offset.offset(1e-5f));
        }
    }

    @Test
    void aCheckpointsCanaryIsThePictureThatIsServed() throws IOException {
        Model model = load();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        SampleFormat.PNG.write(Sampler.draw(model, new SampleRequest(List.of(0), 1, 0)), png);
        byte[] pixels = (byte[]) ImageIO.read(new ByteArrayInputStream(png.toByteArray()))
                .getRaster()
                .getDataElements(0, 0, 28, 28, null);

        assertThat(CanaryMaker.make(ModelSpec.DEFAULT, Safetensors.read(Fixtures.goldenParams())))
                .isEqualTo(new Canary(0, 0, Sha256.of(pixels)));
        model.decoder().close();
    }

    @Test
    void parametersOfAnotherShapeAreRefused() {
        SortedMap<String, StoredArray> params = Safetensors.read(Fixtures.goldenParams());
        params.put("params.decoder.Dense_0.kernel", StoredArray.of(List.of(2L, 2L), new float[4]));

        assertThatThrownBy(() -> decoders.load(ModelSpec.DEFAULT, params)).hasMessageContaining("decoder.Dense_0");
    }

    @Test
    void parametersThatAreMissingAreRefused() {
        SortedMap<String, StoredArray> params = Safetensors.read(Fixtures.goldenParams());
        params.remove("params.class_proj.bias");

        assertThatThrownBy(() -> decoders.load(ModelSpec.DEFAULT, params)).hasMessageContaining("class_proj");
    }
}
