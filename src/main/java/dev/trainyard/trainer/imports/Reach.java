package dev.trainyard.trainer.imports;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;

/**
 * What runs when some nodes are asked for: those that lead to them, and all of every function that
 * is called on the way.
 */
final class Reach {

  private final Map<String, NodeDef> nodes = new HashMap<>();
  private final Map<String, FunctionDef> functions = new HashMap<>();

  Reach(GraphDef graph) {
    graph.getNodeList().forEach(node -> nodes.put(node.getName(), node));
    graph
        .getLibrary()
        .getFunctionList()
        .forEach(function -> functions.put(function.getSignature().getName(), function));
  }

  /**
   * @param nodes of the graph, by name
   * @param functions by name
   */
  record Run(Set<String> nodes, Set<String> functions) {}

  Map<String, NodeDef> nodes() {
    return nodes;
  }

  Map<String, FunctionDef> functions() {
    return functions;
  }

  Run of(Collection<String> tensors) {
    Run run = new Run(new HashSet<>(), new HashSet<>());
    Deque<String> open = new ArrayDeque<>();
    tensors.forEach(tensor -> open.add(nodeOf(tensor)));
    while (!open.isEmpty()) {
      NodeDef node = nodes.get(open.remove());
      if (node != null && run.nodes().add(node.getName())) {
        node.getInputList().forEach(input -> open.add(nodeOf(input)));
        enter(node, run.functions());
      }
    }
    return run;
  }

  /** These functions and all that they call. */
  Set<String> from(Collection<String> names) {
    Set<String> all = new HashSet<>();
    for (String name : names) {
      enter(NodeDef.newBuilder().setOp(name).build(), all);
    }
    return all;
  }

  private void enter(NodeDef caller, Set<String> into) {
    Deque<NodeDef> callers = new ArrayDeque<>();
    callers.add(caller);
    while (!callers.isEmpty()) {
      for (String name : called(callers.remove())) {
        FunctionDef function = functions.get(name);
        if (function != null && into.add(name)) {
          callers.addAll(function.getNodeDefList());
        }
      }
    }
  }

  /** Functions that a node may call: as its operation, or by an attribute. */
  static Set<String> called(NodeDef node) {
    Set<String> names = new HashSet<>();
    names.add(node.getOp());
    node.getAttrMap().values().forEach(value -> collect(value, names));
    return names;
  }

  private static void collect(AttrValue value, Set<String> names) {
    if (value.hasFunc()) {
      collect(value.getFunc(), names);
    }
    value.getList().getFuncList().forEach(function -> collect(function, names));
  }

  private static void collect(NameAttrList function, Set<String> names) {
    names.add(function.getName());
    function.getAttrMap().values().forEach(value -> collect(value, names));
  }

  /** {@code node:0} of {@code node}. */
  static String tensorOf(String input) {
    return input.indexOf(':') < 0 && !input.isEmpty() ? input + ":0" : input;
  }

  /** {@code node} of {@code node:0}, {@code ^node} and {@code node}. */
  static String nodeOf(String tensor) {
    String name = tensor.startsWith("^") ? tensor.substring(1) : tensor;
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }
}
