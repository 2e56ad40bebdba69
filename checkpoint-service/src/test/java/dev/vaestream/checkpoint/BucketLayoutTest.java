package dev.vaestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketLayoutTest {
    @Test
    void keysAreTheOnesOfTheLayout() {
        assertThat(BucketLayout.run("demo")).isEqualTo("runs/demo/run.json");
        assertThat(BucketLayout.writer("demo", 3)).isEqualTo("runs/demo/writers/3.json");
        assertThat(BucketLayout.checkpoint("demo", 500)).isEqualTo("runs/demo/checkpoints/500.json");
        assertThat(BucketLayout.retired("demo", 500)).isEqualTo("runs/demo/retired/500.json");
        assertThat(BucketLayout.blob(Sha256.EMPTY))
                .isEqualTo("blobs/sha256/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void aCheckpointsKeyNamesIt() {
        assertThat(BucketLayout.checkpointOf("runs/demo/checkpoints/500.json")).contains(new CheckpointId("demo", 500));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "runs/demo/checkpoints/500.json-1b4e28ba-2fa1-11d2-883f-0016d3cca427",
                "runs/demo/checkpoints/0500.json",
                "runs/demo/checkpoints/-1.json",
                "runs/demo/checkpoints/9999999999999999999.json",
                "runs/demo/checkpoints/500.json/x",
                "runs/demo/retired/500.json",
                "runs/demo/run.json",
                "probe/x"
            })
    void anythingElseIsNoCheckpoint(String key) {
        assertThat(BucketLayout.checkpointOf(key)).isEmpty();
    }

    @Test
    void aRunsKeyNamesIt() {
        assertThat(BucketLayout.runOf("runs/demo/run.json")).contains("demo");
        assertThat(BucketLayout.runOf("runs/demo/writers/1.json")).isEmpty();
    }

    @Test
    void aNumberIsReadFromItsKey() {
        assertThat(BucketLayout.numberIn("runs/demo/writers/", "runs/demo/writers/12.json"))
                .hasValue(12);
        assertThat(BucketLayout.numberIn("runs/demo/writers/", "runs/demo/writers/12.json-tmp"))
                .isEmpty();
    }
}
