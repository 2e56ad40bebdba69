package dev.vaestream.vae;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** What a step's graph says of the order in which its variables are read and written. */
final class StepGraph {
    private final Map<String, NodeDef> nodes = new LinkedHashMap<>();
    private final Map<String, Set<String>> ancestors = new HashMap<>();

    StepGraph(byte[] definition) {
        try {
            GraphDef.parseFrom(definition).getNodeList().forEach(node -> nodes.put(node.getName(), node));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    Collection<NodeDef> nodes() {
        return nodes.values();
    }

    List<String> named(String op) {
        return nodes.values().stream()
                .filter(node -> node.getOp().equals(op))
                .map(NodeDef::getName)
                .toList();
    }

    /** What sets the state from outside, which no step runs. */
    boolean isSetter(String name) {
        NodeDef node = node(name);
        return node.getOp().equals("AssignVariableOp")
                && node(node.getInput(1)).getOp().equals("Placeholder");
    }

    /** Everything that a run of the named operations runs. */
    Set<String> run(Collection<String> targets) {
        Set<String> run = new LinkedHashSet<>(targets);
        targets.forEach(target -> run.addAll(ancestors(target)));
        return run;
    }

    Set<String> ancestors(String of) {
        Set<String> known = ancestors.get(of);
        if (known != null) {
            return known;
        }
        Set<String> seen = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(of));
        while (!open.isEmpty()) {
            for (String input : node(open.remove()).getInputList()) {
                String name = input.replaceFirst("^\\^", "").replaceFirst(":.*", "");
                if (seen.add(name)) {
                    open.add(name);
                }
            }
        }
        ancestors.put(of, seen);
        return seen;
    }

    /**
     * Pairs of operations on one variable, of which one writes, that may run in either order.
     *
     * @param inPlace whether a write changes the values that an earlier read gave, so that it must come after what uses them
     */
    List<String> races(Set<String> run, boolean inPlace) {
        List<String> races = new ArrayList<>();
        for (String variable : named("VarHandleOp")) {
            List<String> users = consumers(variable, run);
            for (String writer : users) {
                if (node(writer).getOp().equals("ReadVariableOp")) {
                    continue;
                }
                for (String other : users) {
                    if (other.equals(writer) || ancestors(other).contains(writer)) {
                        continue;
                    }
                    if (!ancestors(writer).contains(other)) {
                        races.add(other + " and " + writer);
                    } else if (inPlace) {
                        consumers(other, run).stream()
                                .filter(use -> !use.equals(writer)
                                        && !ancestors(writer).contains(use))
                                .forEach(use -> races.add(use + " and " + writer));
                    }
                }
            }
        }
        return races;
    }

    private List<String> consumers(String of, Set<String> run) {
        return run.stream()
                .filter(name -> node(name).getInputList().contains(of))
                .toList();
    }

    private NodeDef node(String name) {
        NodeDef node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("the graph has no operation '" + name + "'");
        }
        return node;
    }
}
