package dev.vaestream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.Batch;
import dev.vaestream.contracts.Dataset;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchAssemblerTest {
    @TempDir
    Path directory;

    private BatchAssembler assembler;

    @BeforeEach
    void assemble() {
        Dataset dataset = Dataset.read(TestingDataset.write(directory, 10));
        assembler = new BatchAssembler(TestingStreams.fromDataset(dataset, 5, 2), dataset);
    }

    @Test
    void aBatchKnowsItsPlace() {
        Batch batch = assembler.batch(5);

        assertThat(batch).returns(5L, Batch::sequence).returns(2, Batch::epoch).returns(1, Batch::index);
    }

    @Test
    void aBatchHoldsItsExamplesInOrder() {
        Batch batch = assembler.batch(5);

        assertThat(batch.labels().toByteArray()).containsExactly(1, 3, 7, 6);
    }

    @Test
    void anImageStandsByItsLabel() {
        Batch batch = assembler.batch(5);

        assertThat(batch.images().substring(TestingDataset.PIXELS, 2 * TestingDataset.PIXELS))
                .isEqualTo(ByteString.copyFrom(TestingDataset.pixels(3)));
    }

    @Test
    void aBatchIsTheSameWhateverWasAskedBefore() {
        Batch first = assembler.batch(7);

        LongStream.of(0, 9, 3).forEach(assembler::batch);

        assertThat(assembler.batch(7)).isEqualTo(first);
    }
}
