package dev.vaestream.learning.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                .hasMessage(
                        "The trees differ at their root: one has a dictionary of [a, b, c], the other a dictionary of"
                                + " [a, x]");
    }

    @Test
    void aSequenceIsNoDictionaryOfIndices() {
        Tree<Integer> sequence = Tree.dict(Map.of("a", Tree.sequence(List.of(Tree.leaf(1)))));
        Tree<Integer> dictionary = Tree.dict(Map.of("a", Tree.dict(Map.of("0", Tree.leaf(1)))));
        assertThatThrownBy(() -> sequence.map(dictionary, Integer::sum))
                .hasMessage("The trees differ at 'a': one has a sequence of 1, the other a dictionary of [0]");
    }

    @Test
    void nodesWithoutLeavesBelongToTheStructure() {
        Tree<Integer> with = Tree.sequence(List.of(Tree.leaf(1), Tree.empty()));
        Tree<Integer> without = Tree.sequence(List.of(Tree.leaf(1)));
        assertThatThrownBy(() -> with.map(without, Integer::sum))
                .hasMessage("The trees differ at their root: one has a sequence of 2, the other a sequence of 1");
    }

    @Test
    void aPrefixIsGivenWholeSubtrees() {
        Tree<Integer> factors = Tree.dict(Map.of("a", Tree.leaf(1), "b", Tree.leaf(10), "c", Tree.leaf(100)));
        Tree<Integer> sums = factors.mapPrefixOf(TREE, (factor, below) -> factor * below.reduce(0, Integer::sum));
        assertThat(sums.leaves()).containsExactly(1, 20, 700);
    }

    @Test
    void aTreeThatIsNoPrefixIsRefused() {
        Tree<Integer> deeper = Tree.dict(Map.of("a", Tree.empty(), "b", Tree.leaf(1), "c", Tree.leaf(1)));
        assertThatThrownBy(() -> deeper.mapPrefixOf(TREE, (one, below) -> one))
                .isInstanceOf(TreeMismatchException.class)
                .hasMessage("The trees differ at 'a': one has a sequence of 0, the other a leaf");
    }

    @Test
    void reduceFoldsFromTheLeft() {
        assertThat(TREE.reduce("", (text, leaf) -> text + leaf)).isEqualTo("1234");
    }

    @Test
    void structuresAreEqualWhateverTheLeaves() {
        assertThat(TREE.structure()).isEqualTo(TREE.map(leaf -> "x").structure());
        assertThat(TREE.structure()).isNotEqualTo(Tree.leaf(1).structure());
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

    @Test
    void anIndexThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> TREE.get("c").get(-1))
                .isInstanceOf(TreeMismatchException.class)
                .hasMessage("There is no element -1 here; here is: a sequence of 3");
    }

    /** Or {@code {"a.b": 1, "a": {"b": 2}}} would have two leaves with one path. */
    @ParameterizedTest
    @ValueSource(strings = {"a.b", ".", ""})
    void aKeyThatWouldMakePathsAmbiguousIsRefused(String key) {
        assertThatThrownBy(() -> Tree.dict(Map.of(key, Tree.leaf(1))))
                .isInstanceOf(TreeMismatchException.class)
                .hasMessageStartingWith("A dictionary's key is '" + key + "'; it must have");
    }

    @Test
    void anyNumberOfTreesIsMappedLeafByLeaf() {
        List<Tree<Integer>> trees = List.of(TREE, TREE.map(leaf -> leaf * 10), TREE.map(leaf -> leaf * 100));
        assertThat(Tree.mapAll(trees, leaves -> leaves.stream().mapToInt(n -> n).sum()))
                .isEqualTo(TREE.map(leaf -> leaf * 111));
        assertThatThrownBy(() -> Tree.mapAll(List.of(TREE, TREE, TREE.get("c")), leaves -> 0))
                .isInstanceOf(TreeMismatchException.class)
                .hasMessageStartingWith("The trees differ at their root");
    }

    @Test
    void allLeavesAreAsked() {
        assertThat(TREE.all(leaf -> leaf > 0)).isTrue();
        assertThat(TREE.all(leaf -> leaf > 1)).isFalse();
        assertThat(Tree.<Integer>empty().all(leaf -> false)).isTrue();
    }

    /** JAX's own example: a list of three dictionaries becomes a dictionary of three lists. */
    @Test
    void aTransposedTreeHasTheInnerStructureOutside() {
        Tree<Tree<Integer>> rows =
                Tree.sequence(List.of(Tree.leaf(pair(1, 2)), Tree.leaf(pair(3, 4)), Tree.leaf(pair(5, 6))));
        Tree<Tree<Integer>> columns = Tree.transpose(rows);
        assertThat(columns.get("a").value().leaves()).containsExactly(1, 3, 5);
        assertThat(columns.get("b").value().leaves()).containsExactly(2, 4, 6);
        assertThat(Tree.transpose(columns)).isEqualTo(rows);
        assertThatThrownBy(() -> Tree.transpose(Tree.empty())).isInstanceOf(TreeMismatchException.class);
    }

    @Test
    void aTreeMayEndBeforeItsLeaves() {
        Tree<Tree<Integer>> early = TREE.endingAt(node -> node instanceof Tree.Dict && node != TREE);
        assertThat(early.byPath().keySet()).containsExactly("a", "b", "c.0", "c.2");
        assertThat(early.get("c").get(2).value().get("d")).isEqualTo(Tree.leaf(4));
    }

    @Test
    void aLeafMayBecomeATreeOrNone() {
        Tree<Integer> grown = TREE.flatMap((path, leaf) -> leaf % 2 == 0 ? pair(leaf, leaf) : Tree.empty());
        assertThat(grown.byPath().keySet()).containsExactly("b.a", "b.b", "c.2.d.a", "c.2.d.b");
        assertThat(grown.get("a")).isEqualTo(Tree.empty());
    }

    private static Tree<Integer> pair(int a, int b) {
        return Tree.dict(Map.of("a", Tree.leaf(a), "b", Tree.leaf(b)));
    }
}
