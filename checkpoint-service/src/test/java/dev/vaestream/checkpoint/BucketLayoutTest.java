package dev.vaestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.Sha256;
import java.util.UUID;
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
        assertThat(BucketLayout.move("demo", "production", 7)).isEqualTo("runs/demo/aliases/production/7.json");
        assertThat(BucketLayout.pin("demo", "sampler-1")).isEqualTo("runs/demo/pins/sampler-1.json");
        assertThat(BucketLayout.pending(new UUID(0, 1))).isEqualTo("pending/00000000-0000-0000-0000-000000000001.json");
        assertThat(BucketLayout.sweep(new UUID(0, 1))).isEqualTo("sweeps/00000000-0000-0000-0000-000000000001.json");
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
    void whatAKeyIsOfIsReadFromIt() {
        assertThat(BucketLayout.retiredOf("runs/demo/retired/5.json")).contains(new CheckpointId("demo", 5));
        assertThat(BucketLayout.blobOf(BucketLayout.blob(Sha256.EMPTY))).contains(Sha256.EMPTY);
        assertThat(BucketLayout.blobOf("blobs/sha256/abc")).isEmpty();
        assertThat(BucketLayout.aliasIn("runs/demo/aliases/", "runs/demo/aliases/production/7.json"))
                .contains("production");
        assertThat(BucketLayout.nameIn("runs/demo/pins/", "runs/demo/pins/sampler-1.json"))
                .contains("sampler-1");
    }

    @Test
    void aNumberIsReadFromItsKey() {
        assertThat(BucketLayout.numberIn("runs/demo/writers/", "runs/demo/writers/12.json"))
                .hasValue(12);
        assertThat(BucketLayout.numberIn("runs/demo/writers/", "runs/demo/writers/12.json-tmp"))
                .isEmpty();
    }
}
