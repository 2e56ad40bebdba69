package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.Safetensors;
import dev.vaestream.contracts.StoredArray;
import java.util.List;
import java.util.SortedMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** On TensorFlow, with parameters that JAX trained. */
class TensorFlowDecodersTest extends SamplerContract {
    private final TensorFlowDecoders decoders = new TensorFlowDecoders();

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
