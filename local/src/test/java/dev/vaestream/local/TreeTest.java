package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TreeTest {
    private static final Tree TREE = new Tree(
            "root",
            List.of(
                    new Tree("first", List.of(Tree.leaf("a"), Tree.leaf("b"))),
                    new Tree("last", List.of(Tree.leaf("c")))));

    @Test
    void whatHangsOnALeafIsBesideTheTrunk() {
        assertThat(TREE.lines(Glyphs.UNICODE))
                .containsExactly("root", "├─ first", "│  ├─ a", "│  └─ b", "└─ last", "   └─ c");
    }

    @Test
    void aTerminalWithoutTheSignsGetsOthers() {
        assertThat(TREE.lines(Glyphs.ASCII))
                .containsExactly("root", "|- first", "|  |- a", "|  `- b", "`- last", "   `- c");
    }
}
