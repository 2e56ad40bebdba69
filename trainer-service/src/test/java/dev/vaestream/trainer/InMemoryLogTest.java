package dev.vaestream.trainer;

class InMemoryLogTest extends PartitionReaderContract {
    @Override
    PartitionReader reader(int records, int trimmed) {
        InMemoryLog log = new InMemoryLog(2);
        for (int partition = 0; partition < 2; partition++) {
            for (int i = 0; i < records; i++) {
                log.append(partition, "k" + i, new byte[] {(byte) i});
            }
            log.trim(partition, trimmed);
        }
        return log.reader(3);
    }
}
