package dev.vaestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.checkpoint.KilledObjectStorage.KilledError;
import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.WriterGrant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service dies before or after each of its changes to storage, and a trainer goes on with a new one. */
class KillTest {
    private static final List<Long> STEPS = List.of(100L, 200L, 300L, 400L);
    private static final int ENOUGH = 100;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyKillLeavesWholeCheckpointsAndTheSameEnd(boolean after) {
        InMemoryObjectStorage undisturbed = new InMemoryObjectStorage();
        train(undisturbed);
        int kills = 0;
        for (int change = 1; change < ENOUGH; change++) {
            InMemoryObjectStorage storage = new InMemoryObjectStorage();
            try {
                train(new KilledObjectStorage(storage, change, after));
                break;
            } catch (KilledError killed) {
                kills++;
            }
            requireWhole(storage);

            train(storage);

            requireWhole(storage);
            assertThat(state(storage)).as("killed at change %d", change).isEqualTo(state(undisturbed));
        }
        // run.json, writer; 4 times 2 blobs, the manifest, and the commit's begin and end; 2 times the intent, the
        // manifest, the sweep's begin, 2 blobs, the sweep's end, and the intent again.
        assertThat(kills).isEqualTo(2 + 4 * 5 + 2 * 7);
    }

    /** As a trainer does after each start. */
    private static void train(ObjectStorage storage) {
        TestingService service = new TestingService(storage);
        service.manager().recover();
        WriterGrant grant = service.manager().claim(Examples.claim("demo", 2));
        Manifest newest = service.manager().status("demo").latest();
        for (long step : STEPS) {
            if (newest == null || step > newest.step()) {
                newest = Examples.manifest("demo", step, newest, grant.epoch());
                service.save(newest);
            }
        }
        service.manager().recover();
    }

    private static void requireWhole(InMemoryObjectStorage storage) {
        for (String key : storage.keys()) {
            BucketLayout.checkpointOf(key).ifPresent(id -> {
                Manifest manifest = Manifest.decode(storage.document(key).orElseThrow());
                for (Blob blob : manifest.blobs()) {
                    assertThat(storage.keys()).as("blobs of %s", id).contains(BucketLayout.blob(blob.sha256()));
                }
            });
        }
    }

    /** Everything but who wrote it, once all is swept that a killed process was about to do. */
    private static List<String> state(InMemoryObjectStorage storage) {
        storage.advance(TestingService.ORPHAN_AGE.plusSeconds(2));
        new TestingService(storage).manager().recover();
        return storage.keys().stream().filter(key -> !key.contains("/writers/")).toList();
    }
}
