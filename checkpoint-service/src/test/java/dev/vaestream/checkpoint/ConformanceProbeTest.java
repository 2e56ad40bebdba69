package dev.vaestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConformanceProbeTest {
    @Test
    void aStoreThatLetsOneWinIsFit() {
        InMemoryObjectStorage storage = new InMemoryObjectStorage();

        new ConformanceProbe(storage).run();

        assertThat(storage.keys()).isEmpty();
    }

    @Test
    void aStoreThatIgnoresTheConditionIsUnfit() {
        ObjectStorage ignoring = new InMemoryObjectStorage() {
            @Override
            public boolean createIfAbsent(String key, byte[] content) {
                overwrite(key, content);
                return true;
            }
        };

        assertThatThrownBy(() -> new ConformanceProbe(ignoring).run())
                .isInstanceOf(UnfitStorageException.class)
                .hasMessage("bucket test in memory lets 8 of 8 writers create the same object;"
                        + " checkpoints need a store that honours If-None-Match: *");
    }

    @Test
    void aStoreThatLetsNobodyWinIsUnfit() {
        ObjectStorage refusing = new InMemoryObjectStorage() {
            @Override
            public boolean createIfAbsent(String key, byte[] content) {
                return false;
            }
        };

        assertThatThrownBy(() -> new ConformanceProbe(refusing).run())
                .isInstanceOf(UnfitStorageException.class)
                .hasMessageContaining("lets 0 of 8 writers");
    }

    @Test
    void aStoreThatKeepsALosersBytesIsUnfit() {
        ObjectStorage mixing = new InMemoryObjectStorage() {
            @Override
            public boolean createIfAbsent(String key, byte[] content) {
                return super.createIfAbsent(key, Examples.bytes("a loser's"));
            }
        };

        assertThatThrownBy(() -> new ConformanceProbe(mixing).run())
                .isInstanceOf(UnfitStorageException.class)
                .hasMessageContaining("does not hold what the winner of several writers wrote");
    }

    @Test
    void aStoreThatListsLateIsUnfit() {
        ObjectStorage late = new InMemoryObjectStorage() {
            @Override
            public List<StoredObject> list(String prefix) {
                return List.of();
            }
        };

        assertThatThrownBy(() -> new ConformanceProbe(late).run())
                .isInstanceOf(UnfitStorageException.class)
                .hasMessageContaining("lists []");
    }

    @Test
    void aStoreThatGivesBackAnOlderWriteIsUnfit() {
        ObjectStorage stale = new InMemoryObjectStorage() {
            @Override
            public void put(String key, Spool content) {
                // It says so and does not.
            }
        };

        assertThatThrownBy(() -> new ConformanceProbe(stale).run())
                .isInstanceOf(UnfitStorageException.class)
                .hasMessageContaining("does not give back what was written last");
    }

    @Test
    void aStoreThatListsWhatIsDeletedIsUnfit() {
        ObjectStorage keeping = new InMemoryObjectStorage() {
            @Override
            public void delete(String key) {
                // It says so and does not.
            }
        };

        assertThatThrownBy(() -> new ConformanceProbe(keeping).run())
                .isInstanceOf(UnfitStorageException.class)
                .hasMessageContaining("after [] were left");
    }

    @Test
    void aStoreThatIsSilentIsUnavailable() {
        ObjectStorage silent = new InMemoryObjectStorage() {
            @Override
            public boolean createIfAbsent(String key, byte[] content) {
                throw new StorageUnavailableException("silent");
            }
        };

        assertThatThrownBy(() -> new ConformanceProbe(silent).run())
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessage("silent");
    }

    @Test
    void losersMayBeRefusedWithAConflict() {
        ObjectStorage conflicting = new InMemoryObjectStorage() {
            @Override
            public boolean createIfAbsent(String key, byte[] content) {
                if (super.createIfAbsent(key, content)) {
                    return true;
                }
                if (content.length > 0 && content[content.length - 1] == '8') {
                    return false;
                }
                throw new StorageUnavailableException("409 ConditionalRequestConflict");
            }
        };

        new ConformanceProbe(conflicting).run();

        assertThat(conflicting.list("")).isEmpty();
    }
}
