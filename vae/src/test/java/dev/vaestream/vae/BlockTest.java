package dev.vaestream.vae;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class BlockTest {
    private static final float[] THREE_BY_FOUR = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

    @Test
    void rowsAreCut() {
        assertThat(new Block(Shape.of(3, 4), 0, 1, 3).cut(THREE_BY_FOUR)).containsExactly(4, 5, 6, 7, 8, 9, 10, 11);
    }

    @Test
    void columnsAreCut() {
        assertThat(new Block(Shape.of(3, 4), 1, 2, 4).cut(THREE_BY_FOUR)).containsExactly(2, 3, 6, 7, 10, 11);
    }

    @Test
    void aPieceOfABiasIsCut() {
        assertThat(new Block(Shape.of(12), 0, 6, 9).cut(THREE_BY_FOUR)).containsExactly(6, 7, 8);
    }

    @Test
    void aBlockHasItsPartOfTheShape() {
        assertThat(new Block(Shape.of(3, 4), 1, 1, 4).shape()).isEqualTo(Shape.of(3, 3));
    }

    @Test
    void blocksThatArePastedMakeTheArrayAgain() {
        for (Shape shape : List.of(Shape.of(3, 4), Shape.of(4, 3), Shape.of(12))) {
            for (int axis = 0; axis < shape.numDimensions(); axis++) {
                int size = (int) shape.get(axis);
                for (int cut = 1; cut < size; cut++) {
                    float[] array = new float[THREE_BY_FOUR.length];
                    for (Block block : List.of(new Block(shape, axis, 0, cut), new Block(shape, axis, cut, size))) {
                        block.paste(block.cut(THREE_BY_FOUR), array);
                    }
                    assertThat(array)
                            .as("%s cut at %d of axis %d", shape, cut, axis)
                            .containsExactly(THREE_BY_FOUR);
                }
            }
        }
    }
}
