package dev.vaestream.learning.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TreeTest {
    private static final Tree<Integer> TREE = Tree.dict(Map.of(
            "b", Tree.leaf(2),
            "a", Tree.leaf(1),
            "c", Tree.sequence(List.of(Tree.leaf(3), Tree.empty(), Tree.dict(Map.of("d", Tree.leaf(4)))))));

    @Test
    void leavesComeBySortedKey() {
        assertThat(TREE.leaves()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void aPathJoinsKeysAndIndices() {
        assertThat(TREE.byPath().keySet()).containsExactly("a", "b", "c.0", "c.2.d");
    }

    @Test
    void mapKeepsTheStructure() {
        Tree<String> mapped = TREE.mapWithPath((path, leaf) -> path + "=" + leaf);
        assertThat(mapped.byPath()).containsEntry("c.2.d", "c.2.d=4").hasSize(4);
    }

    @Test
    void twoTreesAreMappedLeafByLeaf() {
        assertThat(TREE.map(TREE.map(leaf -> leaf * 10), Integer::sum).leaves()).containsExactly(11, 22, 33, 44);
    }

    @Test
    void treesOfDifferentStructureNameThePath() {
        Tree<Integer> other = Tree.dict(Map.of("a", Tree.leaf(1), "x", Tree.leaf(2)));
        assertThatThrownBy(() -> TREE.map(other, Integer::sum))
                .isInstanceOf(TreeMismatchException.class)
                .hasMessage("The trees differ: one has 'b' where the other has 'x'");
    }

    @Test
    void aTreeOfDictionariesComesBackFromItsPaths() {
        Map<String, Integer> paths = Map.of("params.b.kernel", 1, "params.b.bias", 2, "params.a", 3);
        assertThat(Tree.ofPaths(paths).byPath()).isEqualTo(paths);
    }

    @Test
    void aPathThatIsBothLeafAndDictionaryIsRefused() {
        assertThatThrownBy(() -> Tree.ofPaths(Map.of("a", 1, "a.b", 2)))
                .isInstanceOf(TreeMismatchException.class)
                .hasMessage("'a' is both a leaf and a dictionary");
    }

    @Test
    void aMissingChildNamesWhatIsThere() {
        assertThatThrownBy(() -> TREE.get("z"))
                .isInstanceOf(TreeMismatchException.class)
                .hasMessage("There is no 'z' here; here is: a dictionary of [a, b, c]");
    }
}
