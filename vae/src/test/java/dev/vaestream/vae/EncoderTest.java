package dev.vaestream.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.learning.nn.Scope;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Jit;
import dev.vaestream.learning.tracing.Operands;
import dev.vaestream.learning.tracing.Tree;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class EncoderTest {
    @Test
    void thePosteriorsAreFlaxs() {
        SortedMap<String, StoredArray> golden = Goldens.arrays("encode_step2000_first64_test_images.safetensors");
        Tree<Array> params = StoredArrays.restore(Goldens.arrays("vae32_seed0xffff_step2000.safetensors"));
        try (Jit encode = Jit.of((tf, given) -> {
            Scope scope = Scope.of(tf, Operands.floats(given.get(0)));
            Vae.Posterior posterior = new Vae(ModelSpec.DEFAULT)
                    .encode(scope, Operands.floats(given.get(1).value()));
            return Tree.dict(Map.of("mean", Tree.leaf(posterior.mean()), "logvar", Tree.leaf(posterior.logvar())));
        })) {
            Tree<Array> posterior = encode.call(Tree.sequence(List.of(params, Tree.leaf(MnistBatches.testImages(64)))));
            golden.forEach((name, array) -> assertThat(
                            ((Array.Floats) posterior.get(name).value()).values())
                    .as(name)
                    .containsExactly(array.floats(), within(1e-5f)));
        }
    }
}
