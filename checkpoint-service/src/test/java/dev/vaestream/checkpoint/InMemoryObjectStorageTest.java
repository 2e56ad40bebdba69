package dev.vaestream.checkpoint;

class InMemoryObjectStorageTest extends ObjectStorageContract {
    @Override
    ObjectStorage newStorage() {
        return new InMemoryObjectStorage();
    }
}
