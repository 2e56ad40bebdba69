package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for images of every decoder, the real one and the fake. */
abstract class SamplerContract {
    private static final int ROUNDS = 40;

    private Model model;

    abstract Model load();

    @BeforeEach
    void setUp() {
        model = load();
    }

    @AfterEach
    void tearDown() {
        model.decoder().close();
    }

    @Test
    void anImageHasTheSameBytesAloneAndInAnyCompany() {
        Random random = new Random(4);
        for (int round = 0; round < ROUNDS; round++) {
            long seed = random.nextInt(3);
            SampleRequest request = new SampleRequest(classes(random), 1 + random.nextInt(100), seed);
            int row = random.nextInt(request.classes().size());
            int index = random.nextInt(request.count());

            Samples company = Sampler.draw(model, request);
            Samples row1 = Sampler.draw(
                    model, new SampleRequest(List.of(request.classes().get(row)), index + 1, seed));

            assertThat(image(company, row, index))
                    .as("class %d, seed %d, index %d in %s", request.classes().get(row), seed, index, request)
                    .isEqualTo(image(row1, 0, index));
        }
    }

    @Test
    void anImageHasTheSameBytesByItsIndex() {
        Samples company = Sampler.draw(model, new SampleRequest(List.of(1), 37, 7));
        for (int index : new int[] {0, 9, 10, 25, 36}) {
            Samples alone = Sampler.draw(model, new SampleRequest(List.of(1), index, 1, 7));

            assertThat(image(alone, 0, 0)).as("index %d", index).isEqualTo(image(company, 0, index));
        }
    }

    @Test
    void aRangeOfIndicesHasTheSameBytes() {
        Samples company = Sampler.draw(model, new SampleRequest(List.of(1), 37, 7));

        Samples range = Sampler.draw(model, new SampleRequest(List.of(1), 8, 15, 7));

        assertThat(range.values())
                .isEqualTo(Arrays.copyOfRange(company.values(), company.offset(0, 8, 0), company.offset(0, 23, 0)));
    }

    @Test
    void theLargestIndexHasAnImage() {
        assertThat(Sampler.draw(model, new SampleRequest(List.of(1), 999_999_999, 1, 7))
                        .values())
                .hasSize(model.checkpoint().shape().pixels());
    }

    @Test
    void theSameRequestHasTheSameBytes() {
        SampleRequest request = new SampleRequest(List.of(1, 0), 13, 7);

        assertThat(Sampler.draw(model, request).values())
                .isEqualTo(Sampler.draw(model, request).values());
    }

    @Test
    void anotherSeedIsAnotherImage() {
        assertThat(image(Sampler.draw(model, new SampleRequest(List.of(0), 1, 1)), 0, 0))
                .isNotEqualTo(image(Sampler.draw(model, new SampleRequest(List.of(0), 1, 2)), 0, 0));
    }

    @Test
    void theImagesOfAClassDiffer() {
        Samples samples = Sampler.draw(model, new SampleRequest(List.of(0), 25, 1));

        assertThat(IntStream.range(0, 25).mapToObj(i -> Arrays.toString(image(samples, 0, i))))
                .doesNotHaveDuplicates();
    }

    static float[] image(Samples samples, int row, int column) {
        int from = samples.offset(row, column, 0);
        return Arrays.copyOfRange(samples.values(), from, from + samples.shape().pixels());
    }

    private List<Integer> classes(Random random) {
        List<Integer> all = new ArrayList<>(
                IntStream.range(0, model.checkpoint().model().classes()).boxed().toList());
        Collections.shuffle(all, random);
        return all.subList(0, 1 + random.nextInt(all.size()));
    }
}
