package dev.vaestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Manifest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A commit has seen its blobs and not yet created its manifest when another run retires the same blobs. */
class ExclusionTest {
    private static final byte[] SHARED = Examples.bytes("shared");

    private final InterruptedObjectStorage storage = new InterruptedObjectStorage();
    private final TestingService service = new TestingService(storage);

    @Test
    void aCommitKeepsTheBlobsThatItHasSeen() throws InterruptedException {
        service.manager().claim(Examples.claim("one", 1));
        service.manager().claim(Examples.claim("two", 1));
        Manifest retired = commitShared("one");
        Thread retiring = new Thread(() -> service.save(Examples.manifest("one", 200, retired, 1)));
        storage.interruptAt("runs/two/checkpoints/100.json", () -> {
            retiring.start();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> retiring.getState() == Thread.State.WAITING || !retiring.isAlive());
        });

        Manifest kept = commitShared("two");
        retiring.join();

        assertThat(service.manager().status("one").steps()).containsExactly(200L);
        assertThat(storage.keys())
                .contains(BucketLayout.blob(kept.blob(Blob.PARAMS).sha256()))
                .contains(BucketLayout.blob(kept.blob(Blob.OPTIMIZER).sha256()));
    }

    private Manifest commitShared(String run) {
        Manifest manifest = Examples.manifest(run, 100, null, 1, SHARED, SHARED);
        manifest.blobs().forEach(blob -> service.put(blob, SHARED));
        service.manager().save(manifest);
        return manifest;
    }

    /** Does something else just before an object is created. */
    private static final class InterruptedObjectStorage extends InMemoryObjectStorage {
        private String at = "";
        private Runnable interruption = () -> {};

        void interruptAt(String key, Runnable interruption) {
            this.at = key;
            this.interruption = interruption;
        }

        @Override
        public boolean createIfAbsent(String key, byte[] content) {
            if (key.equals(at)) {
                interruption.run();
            }
            return super.createIfAbsent(key, content);
        }
    }
}
